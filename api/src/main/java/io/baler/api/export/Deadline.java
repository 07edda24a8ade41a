package io.baler.api.export;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment by which something must have ended, by a clock that is never set. */
final class Deadline {
    private final LongSupplier nanos;
    private final long end;

    private Deadline(LongSupplier nanos, Duration time) {
        this.nanos = nanos;
        this.end = nanos.getAsLong() + time.toNanos();
    }

    static Deadline in(Duration time) {
        return in(time, System::nanoTime);
    }

    static Deadline in(Duration time, LongSupplier nanos) {
        return new Deadline(nanos, time);
    }

    /** Milliseconds; none or fewer = it is over. */
    long left() {
        return (end - nanos.getAsLong()) / 1_000_000;
    }
}
