package io.baler.worker.source;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Reads from MongoDB on a thread of their own. The driver waits for an answer whatever happens to its thread; who waits
 * here instead can be interrupted at once. A read that was given up ends by itself, and its thread with it.
 */
public final class InterruptibleReads implements AutoCloseable {
    private final ExecutorService thread;

    /** @param thread one only, since cursors are not for several; it is shut down with this */
    public InterruptibleReads(ExecutorService thread) {
        this.thread = thread;
    }

    /**
     * Reads and waits for the answer.
     *
     * @throws ReadInterrupted if the calling thread is interrupted meanwhile; anything else is the read's
     */
    public <T> T call(Callable<T> read) {
        return await(begin(read));
    }

    <T> Future<T> begin(Callable<T> read) {
        return thread.submit(read);
    }

    static <T> T await(Future<T> read) {
        try {
            return read.get();
        } catch (InterruptedException stopped) {
            read.cancel(true);
            Thread.currentThread().interrupt();
            throw new ReadInterrupted(stopped);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        }
    }

    /** Runs the task behind whatever is being read. */
    void afterwards(Runnable task) {
        thread.execute(task);
    }

    /** Takes no more reads; does not wait for those that were given up. */
    @Override
    public void close() {
        thread.shutdown();
    }

    /** The waiting thread was interrupted. */
    public static final class ReadInterrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        ReadInterrupted(InterruptedException cause) {
            super("interrupted during a read from MongoDB", cause);
        }
    }
}
