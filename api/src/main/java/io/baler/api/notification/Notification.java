package io.baler.api.notification;

import io.baler.job.Attachment;
import io.baler.job.Failure;
import io.baler.job.JobSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.FieldType;
import org.springframework.data.mongodb.core.mapping.MongoId;

/**
 * That an export has ended, and how, as it was then: it outlives the export.
 *
 * @param id of the job and its end, so that one that is told again is told once
 * @param outcome completed, no_results, failed, cancelled or expired
 * @param records in the archive
 * @param archive what there is to download, if there is
 * @param requestedAt when the export was asked for, by which people know it
 * @param toldAt database time; the order of notifications
 * @param expiresAt from when on it is not shown any more and may be removed
 * @param seen nobody has to be told any more
 */
@Document(Notification.COLLECTION)
record Notification(
        @MongoId(FieldType.STRING) String id,
        String requestedBy,
        String jobId,
        String outcome,
        long records,
        @Nullable Archive archive,
        @Nullable Failure failure,
        Instant requestedAt,
        Instant endedAt,
        Instant toldAt,
        Instant expiresAt,
        boolean seen) {
    static final String COLLECTION = "exportNotifications";

    record Archive(String fileName, long size, Instant expiresAt) {
        static @Nullable Archive of(@Nullable Attachment attachment) {
            return attachment == null
                    ? null
                    : new Archive(attachment.fileName(), attachment.size(), attachment.expiresAt());
        }
    }

    /** Not told yet: the time comes from the database. */
    static Notification of(JobSummary ended, Duration retention) {
        var endedAt = Objects.requireNonNullElse(ended.endedAt(), ended.createdAt());
        return new Notification(
                // not the epoch: that is raised once more when the archive is given up
                ended.id() + "-" + endedAt.toEpochMilli(),
                ended.requestedBy(),
                ended.id(),
                ended.outcome(),
                ended.checkpoint().totalExportedCount(),
                Archive.of(ended.attachment()),
                ended.failure(),
                ended.createdAt(),
                endedAt,
                Instant.EPOCH,
                endedAt.plus(retention),
                false);
    }
}
