package io.baler.worker.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells a running export to stop, once and for one reason. The export's thread is interrupted, so that a wait, a
 * read or an upload in flight ends at once.
 */
public final class StopSignal {

    /** Why an export stops before its end. */
    public enum Reason {
        /** The job is in other hands, or may be by now: nothing more may be written. */
        CLAIM_LOST,
        /** The worker shuts down: the job is given back. */
        SHUTDOWN
    }

    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private final Machine machine;
    private @Nullable Thread thread;

    /** @param thread the one that exports */
    public StopSignal(Thread thread, Machine machine) {
        this.thread = thread;
        this.machine = machine;
    }

    /** The first reason stays. */
    public synchronized void stop(Reason why) {
        if (reason.compareAndSet(null, why)) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** The export is over: a late signal must not interrupt what its thread does next. */
    synchronized void detach() {
        thread = null;
        Thread.interrupted();
    }

    public @Nullable Reason reason() {
        return reason.get();
    }

    void throwIfSet() {
        var why = reason.get();
        if (why != null) {
            throw new Stopped(why);
        }
    }

    /** Waits, but not a moment longer than until the signal is set. */
    void pause(Duration time) {
        throwIfSet();
        try {
            machine.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throwIfSet();
    }

    /** The export was told to stop. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Reason reason;

        Stopped(Reason reason) {
            super("stopped: " + reason);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }
}
