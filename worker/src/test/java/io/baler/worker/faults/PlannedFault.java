package io.baler.worker.faults;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault that a number of calls of one kind will meet, one after the other. */
final class PlannedFault {
    private final StorageFault fault;
    private final S3Call call;
    private final AtomicInteger left;
    private final Duration delay;

    /**
     * @param call that it happens to
     * @param times in a row
     * @param delay of a slow answer
     */
    PlannedFault(StorageFault fault, S3Call call, int times, Duration delay) {
        this.fault = fault;
        this.call = call;
        this.left = new AtomicInteger(times);
        this.delay = delay;
    }

    StorageFault fault() {
        return fault;
    }

    Duration delay() {
        return delay;
    }

    /** Whether this call meets it; each time counts. */
    boolean happensTo(S3Call made) {
        return call.equals(made) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    boolean isOver() {
        return left.get() == 0;
    }
}
