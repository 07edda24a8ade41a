package io.baler.worker.source;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How fast this worker reads, all its exports together: for those who share the database with people. Reading is what
 * waits; a part that is under way is not held up.
 */
public final class ReadPace {
    private static final long SECOND = 1_000_000_000;

    /** Batches a second at least, so that a slow export still moves smoothly. */
    private static final int BATCHES = 4;

    private final long mostPerSecond;
    private final LongSupplier nanos;
    private long free;

    /** @param mostPerSecond records; none = as fast as the database gives them */
    public ReadPace(@Nullable Integer mostPerSecond) {
        this(mostPerSecond, System::nanoTime);
    }

    ReadPace(@Nullable Integer mostPerSecond, LongSupplier nanos) {
        this.mostPerSecond = mostPerSecond == null ? Long.MAX_VALUE : mostPerSecond;
        this.nanos = nanos;
        this.free = nanos.getAsLong();
    }

    /** How many records are asked for at once, of so many that would be. */
    int batch(int most) {
        return (int) Math.max(1, Math.min(most, mostPerSecond / BATCHES));
    }

    /**
     * Waits until more may be read.
     *
     * @throws InterruptibleReads.ReadInterrupted if it is not wanted any more
     */
    void await() {
        var wait = left();
        if (wait > 0) {
            try {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new InterruptibleReads.ReadInterrupted(stopped);
            }
        }
    }

    /** So many have been read. */
    synchronized void took(int records) {
        if (mostPerSecond != Long.MAX_VALUE) {
            free = Math.max(free, nanos.getAsLong()) + records * SECOND / mostPerSecond;
        }
    }

    /** Nanoseconds until more may be read. */
    synchronized long left() {
        return free - nanos.getAsLong();
    }
}
