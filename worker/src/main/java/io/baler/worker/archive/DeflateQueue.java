package io.baler.worker.archive;

import io.baler.worker.encode.GrowableBytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Deflates files in parallel and gives them back in the order they came. Buffers go round: a file's bytes belong to the
 * appending thread, then to the thread that deflates it, then to the appending thread again, which releases them for
 * the next file.
 */
final class DeflateQueue {

    /** A buffer that a file of huge records has blown up is not kept. */
    private static final long KEPT_BEYOND_FULL = 2;

    private final Deflaters deflaters;
    private final int level;
    private final long mostKept;
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private final Deque<GrowableBytes> spareRaw = new ArrayDeque<>();
    private final Deque<GrowableBytes> spareDeflated = new ArrayDeque<>();
    private volatile boolean abandoned;

    private record InFlight(String name, CompletableFuture<DeflatedFile> result) {}

    DeflateQueue(Deflaters deflaters, ArchiveSpec spec) {
        this.deflaters = deflaters;
        this.level = spec.engine().level();
        this.mostKept = spec.engine().maxFileBytes() * KEPT_BEYOND_FULL;
    }

    /** An empty buffer for the next file. */
    GrowableBytes buffer() {
        return spare(spareRaw);
    }

    boolean isEmpty() {
        return inFlight.isEmpty();
    }

    boolean isFull() {
        return inFlight.size() >= deflaters.filesInFlight();
    }

    /** Whether {@link #take} would answer at once. */
    boolean isNextDone() {
        InFlight next = inFlight.peek();
        return next != null && next.result().isDone();
    }

    void submit(ClosedFile file) {
        GrowableBytes into = spare(spareDeflated);
        var result = CompletableFuture.supplyAsync(() -> deflate(file, into), deflaters.threads());
        inFlight.add(new InFlight(file.name(), result));
    }

    /** The next file in order, waited for if need be. To be given back with {@link #release}. */
    DeflatedFile take() {
        InFlight next = inFlight.remove();
        try {
            return next.result().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + next.name() + " was being deflated", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(next.name() + " could not be deflated", e.getCause());
        }
    }

    void release(DeflatedFile file) {
        keep(file.file().json(), spareRaw);
        keep(file.entry().bytes(), spareDeflated);
    }

    /** Files that wait are not begun, those being deflated end soon. */
    void abandon() {
        abandoned = true;
        inFlight.clear();
        spareRaw.clear();
        spareDeflated.clear();
    }

    private DeflatedFile deflate(ClosedFile file, GrowableBytes into) {
        return new DeflatedFile(file, Deflated.deflate(file.json(), into, level, () -> abandoned));
    }

    private GrowableBytes spare(Deque<GrowableBytes> spares) {
        GrowableBytes spare = spares.poll();
        return spare == null ? new GrowableBytes(0) : spare;
    }

    private void keep(GrowableBytes bytes, Deque<GrowableBytes> spares) {
        if (bytes.array().length <= mostKept) {
            bytes.clear();
            spares.push(bytes);
        }
    }
}
