package io.baler.worker.simulation;

import io.baler.job.ArchiveFormat;
import io.baler.worker.format.Format;
import java.util.Random;

/** How large the export is, and where its files and parts end; the same shape gives the same bytes. */
record Shape(int records, int logsPerFile, int partBytes, ArchiveFormat format) {
    static final int[] RECORDS = {0, 1, 2, 5, 9, 14};
    private static final int[] PART_BYTES = {1, 1, 400, 900};

    static Shape any(Random random) {
        return new Shape(
                RECORDS[random.nextInt(RECORDS.length)],
                1 + random.nextInt(3),
                PART_BYTES[random.nextInt(PART_BYTES.length)],
                ArchiveFormat.values()[random.nextInt(ArchiveFormat.values().length)]);
    }

    Format.Limits limits() {
        return new Format.Limits(logsPerFile, 1 << 20, partBytes);
    }
}
