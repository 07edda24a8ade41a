package io.baler.api.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baler.api.export.ExportPaths;
import io.baler.job.Failure;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told.
 *
 * @param id to mark it as seen by
 * @param text all of it in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NotificationView(
        String id,
        String exportId,
        String outcome,
        String text,
        long records,
        Instant endedAt,
        @Nullable Archive archive,
        @Nullable Failure failure) {

    /** @param href where it can be had, by the requester only; none = not any more */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Archive(@Nullable URI href, String fileName, long size, Instant expiresAt) {}

    /** @param downloadable the archive is there and has not expired */
    static NotificationView of(Notification notification, boolean downloadable) {
        return new NotificationView(
                notification.id(),
                notification.jobId(),
                notification.outcome(),
                NotificationText.of(notification, downloadable),
                notification.records(),
                notification.endedAt(),
                archive(notification, downloadable),
                notification.failure());
    }

    private static @Nullable Archive archive(Notification notification, boolean downloadable) {
        var archive = notification.archive();
        return archive == null
                ? null
                : new Archive(
                        downloadable ? ExportPaths.archiveOf(notification.jobId()) : null,
                        archive.fileName(),
                        archive.size(),
                        archive.expiresAt());
    }
}
