package io.baler.job;

/**
 * A limit of live jobs that has been reached.
 *
 * @param setting its name
 * @param most jobs that wait or run at once
 */
public record LiveLimit(String setting, int most) {
    private static final String PER_REQUESTER = "baler.limits.live-per-requester";
    private static final String IN_TOTAL = "baler.limits.live-total";

    static LiveLimit perRequester(int most) {
        return new LiveLimit(PER_REQUESTER, most);
    }

    static LiveLimit inTotal(int most) {
        return new LiveLimit(IN_TOTAL, most);
    }

    /** Whether the requester alone has reached it, and not everybody together. */
    public boolean isOfOneRequester() {
        return setting.equals(PER_REQUESTER);
    }
}
