package io.baler.bench.source;

/** What the benchmark has to know of the source that it starts. */
public final class BenchSource {
    /** More than a record and its place in a batch take. */
    private static final long BYTES_A_RECORD = 512;

    private static final long SPARE = 64 << 20;

    private BenchSource() {}

    /** The source takes no more memory outside the heap. */
    public static long mostBytes(int records) {
        return records * BYTES_A_RECORD + SPARE;
    }

    /** As many as it can hold: there are no more different {@code _id}s in its logs. */
    public static int mostRecords() {
        return BenchLog.MOST;
    }
}
