package io.baler.worker.engine;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much memory a worker takes.
 *
 * @param memoryPerExport for the records, files and parts of one export that are on their way; reading waits where it is
 *     used up. At least 80MB, and 64MB besides two parts. One file and two parts are made in any case, so records of
 *     megabytes and parts behind number 2,000 take more
 */
@ConfigurationProperties("baler.worker")
public record MemorySettings(@DefaultValue("128MB") DataSize memoryPerExport) {
    /** MongoDB sends at most 16 MiB at once: what is being exported, what has been read ahead, what is arriving. */
    private static final DataSize READ_AHEAD = DataSize.ofMegabytes(48);

    private static final DataSize LARGEST_FILE = DataSize.ofBytes(ArchiveSettings.MAX_FILE_BYTES);

    private static final DataSize LEAST = DataSize.ofMegabytes(80);

    public MemorySettings {
        if (memoryPerExport.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("baler.worker.memory-per-export: must be at least " + LEAST.toMegabytes()
                    + "MB, got " + memoryPerExport);
        }
    }

    /** One file and two parts are made in any case, whatever is allowed. */
    public void requireRoomFor(ArchiveSettings archive) {
        var part = archive.partSize().toMegabytes();
        var least = READ_AHEAD.toMegabytes() + LARGEST_FILE.toMegabytes() + 2 * part;
        if (memoryPerExport.toMegabytes() < least) {
            throw new IllegalArgumentException("baler.worker.memory-per-export: must be at least " + least
                    + "MB with baler.archive.part-size " + part + "MB, got " + memoryPerExport.toMegabytes()
                    + "MB; allow more, or make smaller parts");
        }
    }

    /** Bytes for files and parts. */
    long forArchive() {
        return memoryPerExport.toBytes() - READ_AHEAD.toBytes();
    }
}
