package io.baler.api.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The events of one client, written without ever waiting for it: no thread is held, and what it does not read in time
 * ends its stream and nobody else's.
 */
public final class EventStream implements WriteListener {
    /** Events that wait for a client; at the usual rate it has then not read for eight seconds and its buffers. */
    static final int MOST_WAITING = 16;

    /** What Tomcat has to keep of a write that the connection does not take at once. */
    private static final int SLICE = 8 << 10;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final @Nullable Instant until;
    private final Object lock = new Object();

    // all guarded by the lock
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private byte @Nullable [] current;
    private int written;
    private boolean unflushed;
    private boolean ended;

    /** Set by the container's first call: until then the request's own thread may be using the response. */
    private boolean started;

    private volatile boolean closed;
    private volatile long lastSent = System.nanoTime();

    /** @param until when it ends at the latest */
    EventStream(AsyncContext context, ServletOutputStream out, @Nullable Instant until) {
        this.context = context;
        this.out = out;
        this.until = until;
    }

    /** Sends this behind what waits already. A stream that has ended takes nothing more. */
    public void send(byte[] event) {
        change(() -> {
            if (ended) {
                return;
            }
            if (waiting.size() == MOST_WAITING) {
                drop();
            } else {
                waiting.add(event);
            }
        });
    }

    /** Ends the stream behind what waits. */
    public void end() {
        change(() -> ended = true);
    }

    /** No more is sent; its client, if it is still there, may come again. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends the stream if it has been open for as long as it may. */
    void endIfOver(Instant now) {
        if (until != null && until.isBefore(now)) {
            end();
        }
    }

    /** Sends this if nothing has been sent for so long. */
    void keepAlive(byte[] heartbeat, Duration silence) {
        if (System.nanoTime() - lastSent >= silence.toNanos()) {
            change(() -> {
                if (waiting.isEmpty() && current == null && !ended) {
                    waiting.add(heartbeat);
                }
            });
        }
    }

    /** The container is done with it. Takes no lock: Tomcat may hold one of its own here that a write would wait for. */
    void closed() {
        closed = true;
    }

    @Override
    public void onWritePossible() {
        change(() -> started = true);
    }

    @Override
    public void onError(Throwable failure) {
        // by the lock, so that no write is under way any more when the container takes the response back
        synchronized (lock) {
            close();
        }
    }

    private void change(Runnable change) {
        boolean complete;
        synchronized (lock) {
            if (closed) {
                return;
            }
            change.run();
            complete = started && write();
        }
        if (complete) {
            // outside of the lock, see closed()
            context.complete();
        }
    }

    /**
     * The client does not read. The connection is not waited for: it ends when it takes something again, or by the
     * container's own timeout for writes. An event that was begun stays incomplete, which clients ignore.
     */
    private void drop() {
        waiting.clear();
        current = null;
        ended = true;
    }

    /** Writes as much as the connection takes; whether all is written and the stream has ended. */
    private boolean write() {
        try {
            // after a "no" the container calls as soon as it can go on
            while (out.isReady()) {
                if (current == null) {
                    current = waiting.poll();
                    written = 0;
                }
                if (current != null) {
                    writeSliceOf(current);
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else if (ended) {
                    close();
                    return true;
                } else {
                    return false;
                }
            }
        } catch (IOException gone) {
            // the client's doing, and the container has noticed: it ends the request
            close();
        }
        return false;
    }

    private void writeSliceOf(byte[] event) throws IOException {
        var length = Math.min(SLICE, event.length - written);
        out.write(event, written, length);
        written += length;
        unflushed = true;
        lastSent = System.nanoTime();
        if (written == event.length) {
            current = null;
        }
    }

    private void close() {
        closed = true;
        waiting.clear();
        current = null;
    }
}
