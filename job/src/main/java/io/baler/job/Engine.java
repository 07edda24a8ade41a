package io.baler.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decides the archive's bytes besides the records. Fixed at the first claim, so that a resumed archive is
 * made as it was begun; byte identity holds for one engine.
 *
 * @param encoder name and version of the record encoder
 * @param compressor which implementation compresses
 * @param level its compression level
 * @param logsPerFile records after which a file closes
 * @param maxFileBytes uncompressed bytes after which a file closes
 * @param partBytes archive bytes after which the first parts of the upload end; later ones are larger
 * @param columns of CSV files, dotted paths; none for other formats
 */
public record Engine(
        String encoder,
        String compressor,
        int level,
        int logsPerFile,
        int maxFileBytes,
        int partBytes,
        @Nullable List<String> columns) {

    public Engine {
        columns = columns == null ? null : List.copyOf(columns);
    }
}
