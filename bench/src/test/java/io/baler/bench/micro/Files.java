package io.baler.bench.micro;

import io.baler.bench.source.MadeUpRecords;
import io.baler.job.ArchiveFormat;
import io.baler.job.Engine;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.format.Format;
import java.util.List;
import org.bson.RawBsonDocument;

/** Files as exports have them: of 10,000 records each, which is the default. */
final class Files {
    static final int RECORDS = 10_000;

    private static final int MOST_BYTES = 16 << 20;
    private static final int PART_BYTES = 8 << 20;

    private Files() {}

    static List<RawBsonDocument> records() {
        return MadeUpRecords.first(RECORDS);
    }

    static Engine engine(ArchiveFormat format, DeflateLibrary library, int level) {
        var columns = format == ArchiveFormat.CSV ? List.of("_id", "user", "action", "createdAt", "_other") : null;
        return Format.engine(format, library, level, columns, new Format.Limits(RECORDS, MOST_BYTES, PART_BYTES));
    }

    static Format format(ArchiveFormat format, DeflateLibrary library, int level) {
        return Format.of(format, engine(format, library, level));
    }

    static void lay(Format format, List<RawBsonDocument> records, GrowableBytes into) {
        into.clear();
        format.layout().begin(into);
        boolean first = true;
        for (var record : records) {
            format.layout().append(record, first, into);
            first = false;
        }
        format.layout().end(into);
    }
}
