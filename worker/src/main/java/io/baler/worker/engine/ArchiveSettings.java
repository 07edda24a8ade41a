package io.baler.worker.engine;

import io.baler.job.Engine;
import io.baler.worker.encode.JsonEncoder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How new archives are made. An export keeps to what was set when it began.
 *
 * @param logsPerFile records after which a file closes
 * @param compressionLevel deflate level, 1 (fast) to 9 (small)
 * @param partSize bytes after which a part of the upload ends and is a checkpoint; S3 takes none below 5 MiB. It doubles
 *     behind parts 2,000, 4,000 and 6,000, and decides how large an archive can become: 359 GiB at 8 MiB
 */
@ConfigurationProperties("baler.archive")
public record ArchiveSettings(
        @DefaultValue("10000") int logsPerFile,
        @DefaultValue("6") int compressionLevel,
        @DefaultValue("8MB") DataSize partSize) {
    private static final DataSize SMALLEST_PART = DataSize.ofMegabytes(5);
    private static final DataSize LARGEST_PART = DataSize.ofMegabytes(64);

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
        if (partSize.compareTo(SMALLEST_PART) < 0 || partSize.compareTo(LARGEST_PART) > 0) {
            throw new IllegalArgumentException("baler.archive.part-size: must be 5MB to 64MB, got " + partSize);
        }
    }

    Engine engine() {
        return new Engine(
                JsonEncoder.VERSION, "jdk", compressionLevel, logsPerFile, MAX_FILE_BYTES, (int) partSize.toBytes());
    }
}
