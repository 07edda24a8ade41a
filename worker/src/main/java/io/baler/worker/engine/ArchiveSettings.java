package io.baler.worker.engine;

import io.baler.job.Engine;
import io.baler.worker.encode.JsonEncoder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How new archives are made. An export keeps to what was set when it began.
 *
 * @param logsPerFile records after which a file closes
 * @param compressionLevel deflate level, 1 (fast) to 9 (small)
 */
@ConfigurationProperties("baler.archive")
public record ArchiveSettings(
        @DefaultValue("10000") int logsPerFile,
        @DefaultValue("6") int compressionLevel) {
    /** Keeps memory bounded whatever the records' size. */
    private static final int MAX_FILE_BYTES = 16 << 20;

    public ArchiveSettings {
        if (logsPerFile < 1) {
            throw new IllegalArgumentException("baler.archive.logs-per-file: must be at least 1, got " + logsPerFile);
        }
        if (compressionLevel < 1 || compressionLevel > 9) {
            throw new IllegalArgumentException(
                    "baler.archive.compression-level: must be 1 to 9, got " + compressionLevel);
        }
    }

    Engine engine() {
        return new Engine(JsonEncoder.VERSION, "jdk", compressionLevel, logsPerFile, MAX_FILE_BYTES);
    }
}
