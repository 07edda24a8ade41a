package io.baler.worker.engine;

import io.baler.job.Attachment;
import io.baler.job.ExportFailed;
import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.job.RetentionSettings;
import io.baler.job.evidence.Manifest;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import io.baler.job.storage.ExportBucket.UploadGone;
import io.baler.job.tracing.Traces;
import io.baler.worker.archive.ArchiveTooLarge;
import io.baler.worker.source.InterruptibleReads;
import io.baler.worker.source.LogSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.bson.BsonValue;

/** Brings one claimed export to its end, from wherever its checkpoint stands. Throws what keeps it from that. */
final class ExportEngine {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);

    private final JobStore jobs;
    private final LogSource source;
    private final Archives archives;
    private final Storage storage;
    private final Surroundings around;
    private final Completion completion;

    ExportEngine(JobStore jobs, LogSource source, Archives archives, Storage storage, Surroundings around) {
        this.jobs = jobs;
        this.source = source;
        this.archives = archives;
        this.storage = storage;
        this.around = around;
        this.completion = new Completion(storage.bucket(), BETWEEN_LOOKS);
    }

    record Storage(ExportBucket bucket, ArchiveKeys keys) {}

    /** @param engines of exports that begin here */
    record Surroundings(
            Engines engines,
            RetentionSettings retention,
            Duration settle,
            Clock clock,
            Machine machine,
            Traces traces) {}

    ExportJob run(ActiveExport export) {
        if (!export.job().checkpoint().frozen()) {
            try (var reads = new InterruptibleReads(around.machine().thread("read"))) {
                fixResultSet(export, reads);
                export.advance(jobs.linkToChain(export.claim()));
                var last = Objects.requireNonNull(export.job().bounds()).lastId();
                if (last == null) {
                    return jobs.completeWithoutMatch(export.claim(), archives.noMatch(export.job()));
                }
                beginUpload(export);
                writeArchive(export, reads, last);
            } catch (UploadGone aborted) {
                // by a rule of the bucket or by hand: what was uploaded is gone, and going on would never succeed
                return beginAgain(export);
            }
        }
        return complete(export);
    }

    private void fixResultSet(ActiveExport export, InterruptibleReads reads) {
        if (export.job().bounds() != null) {
            return;
        }
        awaitSettled(export);
        var job = export.job();
        var survey = step("survey", () -> reads.call(() -> source.survey(job)));
        var engine =
                reads.call(() -> around.engines().of(job.format(), most -> source.first(job, survey.bounds(), most)));
        export.advance(jobs.fixResultSet(export.claim(), survey.bounds(), survey.count(), engine));
    }

    /** What was written until {@code asOf} may still be on its way into the collection; the database's clock counts. */
    private void awaitSettled(ActiveExport export) {
        var job = export.job();
        var settled = job.asOf().plus(around.settle());
        var reachesPastIt = source.endOf(job).isAfter(job.asOf().minus(around.settle()));
        var now = job.updatedAt();
        if (reachesPastIt && now.isBefore(settled)) {
            export.stop().pause(Duration.between(now, settled));
        }
    }

    private void beginUpload(ActiveExport export) {
        if (export.job().checkpoint().uploadId() == null) {
            var key = storage.keys().keyOf(export.job());
            var mediaType = export.job().format().mediaType();
            export.advance(
                    jobs.beginUpload(export.claim(), key, storage.bucket().beginUpload(key, mediaType)));
        }
    }

    private void writeArchive(ActiveExport export, InterruptibleReads reads, BsonValue last) {
        var from = export.job();
        try (var logs = source.open(reads, from, last);
                var uploads = new PartUploads(
                        jobs, storage.bucket(), export, archives.memory(), around.machine(), around.traces());
                var archive = archives.open(from, jobs.filesOf(from), uploads)) {
            while (logs.hasNext()) {
                export.stop().throwIfSet();
                archive.append(logs.next());
                export.read(archive.count());
                uploads.advanceByWhatIsDone();
            }
            archive.finish();
            uploads.awaitCommits();
        } catch (ArchiveTooLarge tooLarge) {
            throw new ExportFailed(
                    "archive-too-large",
                    "The archive would be larger than the storage takes in one object (" + tooLarge.getMessage()
                            + "). Nothing is lost in the source; export a shorter range of dates.");
        }
    }

    private ExportJob complete(ActiveExport export) {
        try {
            requireLinked(export);
            putManifestBeside(export.job());
            var etag = step("complete upload", () -> completion.complete(export.job(), export.stop()));
            return jobs.complete(export.claim(), attachment(export.job(), etag));
        } catch (Completion.UploadUnusable unusable) {
            return beginAgain(export);
        }
    }

    /** What was frozen before its export failed may stand behind a manifest that is no longer the last. */
    private void requireLinked(ActiveExport export) {
        if (!jobs.isLinked(export.claim())) {
            throw new Completion.UploadUnusable("an equal export has been completed since its manifest was made");
        }
    }

    /** Before the archive becomes an object: where that is, its manifest is, too. */
    private void putManifestBeside(ExportJob job) {
        if (job.format().holdsManifest()) {
            return;
        }
        var manifest = archives.manifest(job, jobs.filesOf(job));
        if (!manifest.isThat(Objects.requireNonNull(job.manifest()))) {
            throw new Completion.UploadUnusable("this worker does not make the manifest that the job records");
        }
        var archiveKey = Objects.requireNonNull(job.checkpoint().key());
        storage.bucket().put(archiveKey + Manifest.SUFFIX, manifest.document(), "application/json");
        storage.bucket().put(archiveKey + Manifest.SIGNATURE_SUFFIX, manifest.signature(), "application/octet-stream");
    }

    private <T> T step(String name, Supplier<T> work) {
        return around.traces().step(name, span -> {}, work);
    }

    private ExportJob beginAgain(ActiveExport export) {
        export.reclaim(jobs::regenerate);
        return run(export);
    }

    private Attachment attachment(ExportJob job, String etag) {
        var checkpoint = job.checkpoint();
        return new Attachment(
                storage.bucket().name(),
                Objects.requireNonNull(checkpoint.key()),
                storage.keys().fileNameOf(job),
                checkpoint.bytes(),
                etag,
                archives.sha256(checkpoint),
                around.clock().instant().plus(around.retention().downloadExpiration()));
    }
}
