package io.baler.worker.engine;

import io.baler.job.ArchiveFormat;
import io.baler.job.Engine;
import io.baler.worker.format.CsvColumns;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.format.Format;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.bson.RawBsonDocument;

/**
 * Decides by what new exports are made.
 *
 * @param library deflates
 * @param level of compression, by format
 * @param csvColumns dotted names of fields; empty = those of the first file's records
 */
record Engines(
        DeflateLibrary library, ToIntFunction<ArchiveFormat> level, Format.Limits limits, List<String> csvColumns) {

    /** @param first reads at most so many of the export's first records; asked only where they decide the columns */
    Engine of(ArchiveFormat format, IntFunction<List<RawBsonDocument>> first) {
        var columns = format == ArchiveFormat.CSV ? columns(first) : null;
        return Format.engine(format, library, level.applyAsInt(format), columns, limits);
    }

    private List<String> columns(IntFunction<List<RawBsonDocument>> first) {
        return csvColumns.isEmpty() ? CsvColumns.of(first.apply(limits.logsPerFile())) : CsvColumns.chosen(csvColumns);
    }
}
