package io.baler.worker.engine;

import java.time.Duration;

/** How long to wait before the next try: doubling, from half a second up to ten. */
final class Backoff {
    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 10_000;

    private Backoff() {}

    static Duration before(int attempt) {
        var doubled = FIRST_MILLIS << Math.min(10, Math.max(0, attempt - 1));
        return Duration.ofMillis(Math.min(doubled, LONGEST_MILLIS));
    }
}
