package io.baler.standalone.progress;

/**
 * What a progress counts.
 *
 * @param name in the plural
 * @param size how many of what is counted make one
 */
public record Unit(String name, long size) {

    public static final Unit RECORDS = new Unit("records", 1);

    private static final long KILO = 1_000;
    private static final long MEGA = 1_000_000;

    /** Kilobytes or megabytes, whichever shows the total in few digits that still move. */
    public static Unit bytes(long total) {
        return total < 10 * MEGA ? new Unit("kB", KILO) : new Unit("MB", MEGA);
    }
}
