package io.baler.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of the processes that end from now on: of this one's children, and of those that they have waited for.
 * What still runs, or was waited for by nobody, is not in it.
 */
final class ChildrenTime {
    /** In {@code /proc/self/stat} after the name. */
    private static final int CHILDREN_USER_TIME = 13;

    private static final int CHILDREN_SYSTEM_TIME = 14;

    private final long begun;

    private ChildrenTime(long begun) {
        this.begun = begun;
    }

    static ChildrenTime from() throws IOException {
        return new ChildrenTime(ticks());
    }

    double seconds() throws IOException {
        return (ticks() - begun) / ThreadTimes.TICKS_PER_SECOND;
    }

    private static long ticks() throws IOException {
        var stat = Files.readString(Path.of("/proc/self/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[CHILDREN_USER_TIME]) + Long.parseLong(fields[CHILDREN_SYSTEM_TIME]);
    }
}
