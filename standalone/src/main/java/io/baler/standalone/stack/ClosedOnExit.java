package io.baler.standalone.stack;

import java.util.concurrent.atomic.AtomicBoolean;

/** Closes something once: at its block's end, or before when the process is told to stop. */
public final class ClosedOnExit implements AutoCloseable {

    private final Runnable closing;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread hook = new Thread(this::closeOnce, "closed-on-exit");

    public ClosedOnExit(Runnable closing) {
        this.closing = closing;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends already, and the hook closes
            return;
        }
        closeOnce();
    }

    private void closeOnce() {
        if (closed.compareAndSet(false, true)) {
            closing.run();
        }
    }
}
