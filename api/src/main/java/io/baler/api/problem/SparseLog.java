package io.baler.api.problem;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Says the same at most once a minute: callers that are refused over an outage are many, and the outage is one. */
final class SparseLog {
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final String line;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    /** @param line with {@code {}} where the reason belongs */
    SparseLog(Logger log, String line) {
        this.log = log;
        this.line = line;
    }

    void warn(String reason) {
        var now = System.nanoTime();
        var due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
            log.warn(line, reason);
        } else {
            log.debug(line, reason);
        }
    }
}
