package io.baler.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.FieldType;
import org.springframework.data.mongodb.core.mapping.MongoId;

/**
 * An export as MongoDB holds it: the one truth about it. Only {@link JobStore} changes it.
 *
 * @param id ObjectId or UUID in text form
 * @param requestedBy who asked for it
 * @param filters as asked for
 * @param selection as resolved against the source
 * @param filterHash identifies equal requests of one requester; see {@code FilterHash}
 * @param format of the archive
 * @param asOfRequested no later record belongs, as given by the requester; see {@link #asOf()}
 * @param trace which it is part of; none if whoever asked did not say
 * @param bounds the frozen result set; none until the first claim has fixed it
 * @param expectedCount exact number of records; none while or if it is not known
 * @param status where it stands
 * @param epoch the fencing token: raised by every claim, restart, cancel and expiry
 * @param gen how often it was begun anew
 * @param regenerations how often it was begun anew because its upload was unusable
 * @param attempts claims and retries since the last progress
 * @param lease who works on it; none = nobody
 * @param checkpoint what is durable
 * @param engine what makes its bytes; none until the first claim
 * @param link its place in the chain of manifests; none until the first claim
 * @param manifest what its manifest is; none until that is fixed
 * @param attachment the finished archive
 * @param failure why it failed
 * @param garbage bytes to sweep
 * @param announced its end has been published
 * @param liveKey requester and filters while it is live, unique among jobs; none once it has ended
 * @param createdAt database time
 * @param liveSince database time that expiry counts from
 * @param startedAt when it was last taken from the queue
 * @param updatedAt database time of the last change
 * @param endedAt when it ended; retention counts from it
 * @param schemaVersion which version of Baler one must be to understand it, see {@link JobVersion}; the first if none is
 *     stored
 */
@Document(ExportJob.COLLECTION)
public record ExportJob(
        @MongoId(FieldType.STRING) String id,
        String requestedBy,
        LogFilters filters,
        Selection selection,
        String filterHash,
        ArchiveFormat format,
        @Nullable Instant asOfRequested,
        @Nullable TraceContext trace,
        @Nullable Bounds bounds,
        @Nullable Long expectedCount,
        JobStatus status,
        long epoch,
        int gen,
        int regenerations,
        int attempts,
        @Nullable Lease lease,
        Checkpoint checkpoint,
        @Nullable Engine engine,
        @Nullable ChainLink link,
        @Nullable SignedManifest manifest,
        @Nullable Attachment attachment,
        @Nullable Failure failure,
        List<Garbage> garbage,
        boolean announced,
        @Nullable String liveKey,
        Instant createdAt,
        Instant liveSince,
        @Nullable Instant startedAt,
        Instant updatedAt,
        @Nullable Instant endedAt,
        @Nullable Integer schemaVersion) {

    static final String COLLECTION = "exportJobs";

    public ExportJob {
        garbage = List.copyOf(garbage);
        schemaVersion = JobVersion.of(schemaVersion);
    }

    /** What people are told of it. */
    public JobSummary summary() {
        return new JobSummary(
                id,
                requestedBy,
                filters,
                format,
                asOfRequested,
                expectedCount,
                status,
                lease,
                new JobSummary.Durable(checkpoint.totalExportedCount()),
                manifest == null
                        ? null
                        : new JobSummary.Proof(manifest.position(), manifest.sha256(), manifest.keyId()),
                attachment,
                failure,
                createdAt,
                liveSince,
                startedAt,
                endedAt);
    }

    /** See {@link JobSummary#asOf()}. */
    public Instant asOf() {
        return summary().asOf();
    }

    /** See {@link JobSummary#progress()}. */
    public long progress() {
        return summary().progress();
    }

    /** What its manifest is, for others to know: none before its end, since one that is fixed may still be made anew. */
    public Optional<SignedManifest> finalManifest() {
        return Optional.ofNullable(manifest).filter(fixed -> status == JobStatus.COMPLETED);
    }

    /** See {@link JobSummary#hasNoResults()}. */
    public boolean hasNoResults() {
        return summary().hasNoResults();
    }

    /** Whether it is to be gone on with where another claim left it, rather than begun; asked of a job just claimed. */
    public boolean wasBegunBefore() {
        return attempts > 1 || checkpoint.seq() > 0;
    }

    /** Whether it failed at something that may go better another time. */
    public boolean isResumable() {
        return status == JobStatus.FAILED && (failure == null || !failure.wasRefused());
    }
}
