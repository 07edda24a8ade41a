package io.baler.standalone.demo;

import io.baler.standalone.terminal.CommandFailed;
import java.util.Locale;

/** Refuses more sample logs than fit: the embedded MongoDB keeps temporary data in memory, and running out ends oddly. */
final class MemoryNeed {

    private static final long MEGA = 1_000_000;
    /** Measured: 300,000 records run well within 1 GB. */
    private static final long RECORD_BYTES = 2_000;

    private static final long RUNNING_BYTES = 250 * MEGA;

    private MemoryNeed() {}

    static void require(long records) {
        var needed = (RUNNING_BYTES + records * RECORD_BYTES) / MEGA;
        var there = Runtime.getRuntime().maxMemory() / MEGA;
        if (needed > there) {
            throw new CommandFailed(String.format(
                    Locale.ROOT,
                    "%,d sample logs need about %,d MB of memory, and Java may take %,d MB: set BALER_JAVA_OPTS=-Xmx%dm",
                    records,
                    needed,
                    there,
                    needed));
        }
    }
}
