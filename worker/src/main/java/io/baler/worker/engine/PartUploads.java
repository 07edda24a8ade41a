package io.baler.worker.engine;

import io.baler.job.Claim;
import io.baler.job.Commit;
import io.baler.job.JobStore;
import io.baler.job.UploadedPart;
import io.baler.job.storage.ExportBucket;
import io.baler.job.tracing.Traces;
import io.baler.worker.archive.ArchivedPart;
import io.baler.worker.archive.PartSink;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes parts durable in order: two are on their way while the next is made, each is committed behind the one before it.
 * A part counts only once its commit has been answered.
 */
final class PartUploads implements PartSink, AutoCloseable {
    private static final int MOST_IN_FLIGHT = 2;

    private final JobStore jobs;
    private final ExportBucket bucket;
    private final ActiveExport export;
    private final long memory;
    private final List<ExecutorService> uploaders;
    private final Traces traces;
    private final ConcurrentLinkedQueue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();
    private final Deque<Future<Claim>> inFlight = new ArrayDeque<>();

    /**
     * @param memory bytes that the archive may take; large parts go one at a time where two would leave no room for files
     */
    PartUploads(JobStore jobs, ExportBucket bucket, ActiveExport export, long memory, Machine machine, Traces traces) {
        this.jobs = jobs;
        this.bucket = bucket;
        this.export = export;
        this.memory = memory;
        this.uploaders = Stream.generate(() -> machine.thread("upload"))
                .limit(MOST_IN_FLIGHT)
                .toList();
        this.traces = traces;
    }

    @Override
    public void accept(ArchivedPart part) {
        int held = mostHeld(part.bytes().array().length);
        advanceByWhatIsDone();
        while (inFlight.size() >= held) {
            awaitOldest();
        }
        // in turns, so that a part never waits on its own thread for the one before it
        var uploader = uploaders.get(part.n() % MOST_IN_FLIGHT);
        // INVARIANT: taken on the thread that exchanges claims, so that an uploader which was given up never commits
        // under a later epoch
        var claim = export.claim();
        var before = inFlight.peekLast();
        inFlight.add(uploader.submit(() -> {
            var uploaded = upload(part, claim);
            // S3 has all of it: nobody reads the bytes any more
            spare.add(part.bytes());
            return commit(part, uploaded, before == null ? claim : result(before));
        }));
    }

    /** Takes over commits that have been answered; throws what has kept a part from its own. Does not wait. */
    void advanceByWhatIsDone() {
        while (!inFlight.isEmpty() && inFlight.element().isDone()) {
            awaitOldest();
        }
    }

    @Override
    public int mostHeld(int bytes) {
        long all = (MOST_IN_FLIGHT + 1L) * bytes;
        return all <= memory - memory / 4 ? MOST_IN_FLIGHT : 1;
    }

    @Override
    public Optional<ByteBuffer> spare() {
        return Optional.ofNullable(spare.poll());
    }

    private UploadedPart upload(ArchivedPart part, Claim claim) {
        var checkpoint = claim.job().checkpoint();
        return step(
                "upload part",
                part,
                () -> bucket.uploadPart(
                        String.valueOf(checkpoint.key()),
                        String.valueOf(checkpoint.uploadId()),
                        part.n(),
                        part.bytes(),
                        part.checksum(),
                        claim.epoch()));
    }

    /** @param claim as the commit of the part before it has left it */
    private Claim commit(ArchivedPart part, UploadedPart uploaded, Claim claim) {
        var commit = new Commit(
                uploaded,
                part.files(),
                part.lastId(),
                part.totalCount(),
                part.totalBytes(),
                part.digest(),
                part.nextFileIndex(),
                part.manifest());
        return step("commit part", part, () -> jobs.commit(claim, commit));
    }

    /** Two for each part, of which there are 10,000 at most; none for what happens for each record or batch. */
    private <T> T step(String name, ArchivedPart part, Supplier<T> work) {
        return traces.step(
                name,
                span -> span.setAttribute("baler.part", part.n())
                        .setAttribute("baler.records", part.totalCount())
                        .setAttribute("baler.bytes", part.totalBytes()),
                work);
    }

    /** Returns once every accepted part is committed, or throws what kept one from it. */
    void awaitCommits() {
        while (!inFlight.isEmpty()) {
            awaitOldest();
        }
    }

    private void awaitOldest() {
        export.advance(result(inFlight.remove()));
    }

    private static Claim result(Future<Claim> commit) {
        try {
            return commit.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a part was being uploaded", stopped);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        }
    }

    /** Interrupts uploads in flight; what they have not committed is made again by whoever goes on. */
    @Override
    public void close() {
        uploaders.forEach(ExecutorService::shutdownNow);
    }
}
