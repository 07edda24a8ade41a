package io.baler.worker.archive;

import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.format.Compression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Compresses files in parallel and gives them back in the order they came. Buffers go round: a file's bytes belong to the
 * appending thread, then to the thread that compresses it, then to the appending thread again, which releases them for
 * the next file.
 */
final class CompressionQueue {

    /** A buffer that a file of huge records has blown up is not kept. */
    private static final long KEPT_BEYOND_FULL = 2;

    /** What a file takes: itself, and once more what is made of it, which a native library has in memory of its own. */
    private static final long COPIES = 2;

    private final CompressionThreads threads;
    private final Compression compression;
    private final long mostKept;
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private final Deque<GrowableBytes> spareRaw = new ArrayDeque<>();
    private final Deque<GrowableBytes> spareCompressed = new ArrayDeque<>();
    private volatile boolean abandoned;

    private record InFlight(ClosedFile file, CompletableFuture<CompressedFile> result) {}

    CompressionQueue(CompressionThreads threads, ArchiveSpec spec) {
        this.threads = threads;
        this.compression = spec.format().compression();
        this.mostKept = spec.engine().maxFileBytes() * KEPT_BEYOND_FULL;
    }

    /** An empty buffer for the next file. */
    GrowableBytes buffer() {
        return spare(spareRaw);
    }

    boolean isEmpty() {
        return inFlight.isEmpty();
    }

    /**
     * Whether there is no room for another file.
     *
     * @param bytes of that file
     * @param elsewhere bytes that the archive takes besides these files
     */
    boolean isFull(long bytes, long elsewhere) {
        return inFlight.size() >= threads.filesInFlight()
                || (!isEmpty() && COPIES * (bytesInFlight() + bytes) + elsewhere > threads.memory());
    }

    private long bytesInFlight() {
        return inFlight.stream().mapToLong(each -> each.file().bytes().length()).sum();
    }

    /** Whether {@link #take} would answer at once. */
    boolean isNextDone() {
        InFlight next = inFlight.peek();
        return next != null && next.result().isDone();
    }

    void submit(ClosedFile file) {
        GrowableBytes into = spare(spareCompressed);
        var result = CompletableFuture.supplyAsync(() -> compress(file, into), threads.threads());
        inFlight.add(new InFlight(file, result));
    }

    /** The next file in order, waited for if need be. To be given back with {@link #release}. */
    CompressedFile take() {
        InFlight next = inFlight.remove();
        try {
            return next.result().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + next.file().name() + " was being compressed", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(next.file().name() + " could not be compressed", e.getCause());
        }
    }

    void release(CompressedFile file) {
        keep(file.file().bytes(), spareRaw);
        keep(file.compressed(), spareCompressed);
    }

    /** Files that wait are not begun, those being compressed end soon. */
    void abandon() {
        abandoned = true;
        inFlight.clear();
        spareRaw.clear();
        spareCompressed.clear();
    }

    private CompressedFile compress(ClosedFile file, GrowableBytes into) {
        return CompressedFile.of(file, compression, into, () -> abandoned);
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
