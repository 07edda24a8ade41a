package io.baler.worker.engine;

import io.baler.job.Claim;
import io.baler.job.Commit;
import io.baler.job.JobStore;
import io.baler.job.storage.ExportBucket;
import io.baler.worker.archive.ArchivedPart;
import io.baler.worker.archive.PartSink;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Makes parts durable in order: uploads one and commits it while the next is being made. A part counts only once
 * its commit has been answered.
 */
final class PartUploads implements PartSink, AutoCloseable {
    private final JobStore jobs;
    private final ExportBucket bucket;
    private final ActiveExport export;
    private final ExecutorService uploader;
    private final ConcurrentLinkedQueue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();
    private @Nullable Future<Claim> inFlight;

    /** @param uploader one thread, which is stopped with this */
    PartUploads(JobStore jobs, ExportBucket bucket, ActiveExport export, ExecutorService uploader) {
        this.jobs = jobs;
        this.bucket = bucket;
        this.export = export;
        this.uploader = uploader;
    }

    @Override
    public void accept(ArchivedPart part) {
        awaitCommits();
        inFlight = uploader.submit(() -> upload(part));
    }

    @Override
    public Optional<ByteBuffer> spare() {
        return Optional.ofNullable(spare.poll());
    }

    private Claim upload(ArchivedPart part) {
        var claim = export.claim();
        var checkpoint = claim.job().checkpoint();
        var uploaded = bucket.uploadPart(
                String.valueOf(checkpoint.key()),
                String.valueOf(checkpoint.uploadId()),
                part.n(),
                part.bytes(),
                part.checksum(),
                claim.epoch());
        // S3 has all of it: nobody reads the bytes any more
        spare.add(part.bytes());
        return jobs.commit(
                claim,
                new Commit(
                        uploaded,
                        part.files(),
                        part.lastId(),
                        part.totalCount(),
                        part.totalBytes(),
                        part.digest(),
                        part.nextFileIndex(),
                        part.manifest()));
    }

    /** Returns once every accepted part is committed, or throws what kept one from it. */
    void awaitCommits() {
        var pending = inFlight;
        if (pending == null) {
            return;
        }
        inFlight = null;
        try {
            export.advance(pending.get());
        } catch (InterruptedException stopped) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a part was being uploaded", stopped);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        }
    }

    /** Interrupts an upload in flight; what it has not committed is made again by whoever goes on. */
    @Override
    public void close() {
        uploader.shutdownNow();
    }
}
