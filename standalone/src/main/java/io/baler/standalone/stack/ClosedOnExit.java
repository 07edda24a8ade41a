package io.baler.standalone.stack;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Closes once what was started: at its block's end, or before when the process is told to stop, even while the first
 * of it is still starting.
 */
public final class ClosedOnExit implements AutoCloseable {

    private static final int LONGEST_START_SECONDS = 10;

    private final CountDownLatch startOver = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread hook = new Thread(this::onExit, "closed-on-exit");
    private volatile @Nullable Runnable closing;

    public ClosedOnExit() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now on this is what closes everything. */
    public void started(Runnable closesAll) {
        closing = closesAll;
        startOver.countDown();
    }

    @Override
    public void close() {
        startOver.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends already, and the hook closes
            return;
        }
        closeOnce();
    }

    private void onExit() {
        try {
            if (startOver.await(LONGEST_START_SECONDS, TimeUnit.SECONDS)) {
                closeOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeOnce() {
        var close = closing;
        if (close != null && closed.compareAndSet(false, true)) {
            close.run();
        }
    }
}
