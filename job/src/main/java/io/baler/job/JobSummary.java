package io.baler.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.FieldType;
import org.springframework.data.mongodb.core.mapping.MongoId;

/**
 * What people are told of a job, and no more of its document than that: not the list of its parts, which grows with the
 * archive to thousands, nor its garbage.
 *
 * @param manifest what its manifest is, once it cannot change any more; see {@link #finalManifest()}
 */
public record JobSummary(
        @MongoId(FieldType.STRING) String id,
        String requestedBy,
        LogFilters filters,
        ArchiveFormat format,
        @Nullable Instant asOfRequested,
        @Nullable Long expectedCount,
        JobStatus status,
        @Nullable Lease lease,
        Durable checkpoint,
        @Nullable Proof manifest,
        @Nullable Attachment attachment,
        @Nullable Failure failure,
        Instant createdAt,
        Instant liveSince,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** All that is read from MongoDB. */
    static final List<String> FIELDS = List.of(
            "requestedBy",
            "filters",
            "format",
            "asOfRequested",
            "expectedCount",
            "status",
            "lease",
            "checkpoint.totalExportedCount",
            "manifest.position",
            "manifest.sha256",
            "manifest.keyId",
            "attachment",
            "failure",
            "createdAt",
            "liveSince",
            "startedAt",
            "endedAt",
            JobVersion.FIELD);

    /** What of a {@link Checkpoint} counts for people. */
    public record Durable(long totalExportedCount) {}

    /** What of a {@link SignedManifest} identifies it. */
    public record Proof(int position, String sha256, String keyId) {}

    /** No record with a later time belongs. Never past the creation, so that the result set is closed. */
    public Instant asOf() {
        return asOfRequested == null || asOfRequested.isAfter(createdAt) ? createdAt : asOfRequested;
    }

    /** Records exported as far as anybody knows; may go back after a crash, since only commits are durable. */
    public long progress() {
        return lease == null
                ? checkpoint.totalExportedCount()
                : Math.max(lease.count(), checkpoint.totalExportedCount());
    }

    /** What its manifest is, for others to know: none before its end, since one that is fixed may still be made anew. */
    public Optional<Proof> finalManifest() {
        return Optional.ofNullable(manifest).filter(fixed -> status == JobStatus.COMPLETED);
    }

    /** Finished with nothing to download because nothing matched. */
    public boolean hasNoResults() {
        return status == JobStatus.COMPLETED && attachment == null && checkpoint.totalExportedCount() == 0;
    }

    /** Its status, or of a completed one without a match that it has none: {@code no_results}. */
    public String outcome() {
        return hasNoResults() ? "no_results" : status.value();
    }
}
