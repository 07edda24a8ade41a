package io.baler.standalone.verify;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import io.baler.job.IdKind;
import io.baler.standalone.verify.id.BadId;
import io.baler.standalone.verify.id.Id;
import io.baler.standalone.verify.id.Ids;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Records of CSV, below a header. */
final class CsvRecords implements Records {

    /** Characters of one row: all of a record's JSON can be in it, and of 16 MB each byte may have become six. */
    private static final int LONGEST_ROW = 128 << 20;

    private final Iterator<CsvRecord> rows;
    private final List<String> columns;
    private boolean begun;

    /** @param columns that the header must name */
    CsvRecords(InputStream content, List<String> columns) {
        var text = new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder());
        this.rows = CsvReader.builder()
                .skipEmptyLines(false)
                .maxBufferSize(LONGEST_ROW)
                .build(CsvRecordHandler.of(row -> row.maxFieldSize(LONGEST_ROW).maxRecordSize(LONGEST_ROW)), text)
                .iterator();
        this.columns = columns;
    }

    @Override
    public Optional<Id> next(IdKind kind) {
        try {
            if (!begun) {
                begun = true;
                requireHeader();
            }
            return rows.hasNext() ? Optional.of(id(kind, rows.next())) : Optional.empty();
        } catch (CsvParseException | UncheckedIOException e) {
            throw new BadRecord("is no row of CSV", e);
        } catch (BadId e) {
            throw new BadRecord(String.valueOf(e.getMessage()), e);
        }
    }

    private void requireHeader() {
        var header = rows.hasNext() ? rows.next().getFields() : List.<String>of();
        var fits = header.size() == columns.size()
                && IntStream.range(0, header.size()).allMatch(i -> isNamed(columns.get(i), header.get(i)));
        if (!fits) {
            throw new BadRecord("is not below the header that the manifest says", null);
        }
    }

    /** An apostrophe is in front of what a spreadsheet would take for a formula. */
    private static boolean isNamed(String column, String cell) {
        return cell.equals(column) || cell.equals("'" + column);
    }

    private Id id(IdKind kind, CsvRecord row) {
        if (row.getFieldCount() != columns.size()) {
            throw new BadRecord("has " + row.getFieldCount() + " fields below " + columns.size() + " columns", null);
        }
        return Ids.inCsv(kind, row.getField(0));
    }
}
