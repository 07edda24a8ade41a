package io.baler.worker.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.JsonEncoder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Rows for spreadsheets (RFC 4180, every field quoted), below the same header in every file. A cell is the value as the
 * record's JSON has it, text without its quotes and null as nothing; arrays and objects stay JSON.
 *
 * <p>Text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers do not: {@code -5} is a number
 * in every spreadsheet, and no longer one behind an apostrophe.
 *
 * <p>A sub-document is in the column that names it, or member by member in the columns that name those.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
 */
final class CsvRows implements RecordLayout {

    /** What formulas begin with, in the wide forms of Japanese input, too. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /** Of the buffers: what a huge record has blown up is not kept for the rest of the export. */
    private static final int MOST_KEPT = 1 << 20;

    private static final int NOWHERE = -1;

    private final List<String> columns;
    private final Map<String, Integer> places = new HashMap<>();
    private final int placeOfOther;
    private final Set<String> parents = new HashSet<>();
    private final StringWriter row = new StringWriter();
    private final CsvWriter csv;
    /** Empty between two records, like {@link #other}. */
    private GrowableBytes json = new GrowableBytes(0);

    private GrowableBytes other = new GrowableBytes(0);

    CsvRows(List<String> columns) {
        this.columns = List.copyOf(columns);
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i), i);
            addParents(columns.get(i));
        }
        Integer other = places.remove(CsvColumns.OTHER);
        this.placeOfOther = other == null ? NOWHERE : other;
        this.csv = CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .lineDelimiter(LineDelimiter.CRLF)
                .bufferSize(0)
                .build(row);
    }

    private void addParents(String path) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            parents.add(path.substring(0, dot));
        }
        // a record is known by all of it
        parents.remove(CsvColumns.ID);
    }

    @Override
    public String encoder() {
        return "csv-1/" + JsonEncoder.VERSION;
    }

    @Override
    public String suffix() {
        return ".csv";
    }

    @Override
    public void begin(GrowableBytes file) {
        write(columns.stream().map(CsvRows::harmless).toArray(String[]::new), file);
    }

    @Override
    public boolean append(RawBsonDocument record, boolean first, GrowableBytes file) {
        boolean exact = JsonEncoder.encode(record, json);
        appendRow(file);
        return exact;
    }

    @Override
    public void appendMalformed(BsonValue id, RawBsonDocument record, boolean first, GrowableBytes file) {
        JsonEncoder.encodeMalformed(id, record, json);
        appendRow(file);
    }

    @Override
    public void end(GrowableBytes file) {}

    private void appendRow(GrowableBytes file) {
        Cells cells = new Cells();
        FlatJson.walk(json, cells);
        write(cells.row(), file);
        json = emptied(json);
        other = emptied(other);
    }

    private static GrowableBytes emptied(GrowableBytes bytes) {
        bytes.clear();
        return bytes.array().length > MOST_KEPT ? new GrowableBytes(0) : bytes;
    }

    private void write(@Nullable String[] fields, GrowableBytes file) {
        csv.writeRecord(fields);
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = row.toString().getBytes(StandardCharsets.UTF_8);
        file.write(bytes, 0, bytes.length);
        row.getBuffer().setLength(0);
        if (row.getBuffer().capacity() > MOST_KEPT) {
            row.getBuffer().trimToSize();
        }
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** One record's. */
    private final class Cells implements FlatJson.Leaves {

        private final @Nullable String[] cells = new @Nullable String[columns.size()];

        @Override
        public boolean enters(String path) {
            return parents.contains(path);
        }

        @Override
        public void leaf(String path, FlatJson.Leaf leaf) {
            Integer place = places.get(path);
            // of two fields with one path the first has the column
            if (place != null && cells[place] == null) {
                cells[place] = leaf.isText() ? harmless(leaf.text()) : leaf.text();
            } else if (placeOfOther != NOWHERE) {
                other.write(other.length() == 0 ? '{' : ',');
                JsonEncoder.appendText(path, other);
                other.write(':');
                leaf.appendJson(other);
            }
        }

        /** What has no value is null, and written as nothing. */
        @Nullable
        String[] row() {
            if (other.length() > 0) {
                other.write('}');
                cells[placeOfOther] = new String(other.array(), 0, other.length(), StandardCharsets.UTF_8);
            }
            return cells;
        }
    }
}
