package io.baler.job.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baler.job.Attachment;
import io.baler.job.ExportJob;
import io.baler.job.Failure;
import io.baler.job.SignedManifest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An export has ended.
 *
 * @param outcome completed, no_results, failed, cancelled or expired
 * @param records in the archive
 * @param manifestSha256 of the signed manifest, lower-case hex; of the statement that nothing matched, too
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportFinished(
        String jobId,
        String requestedBy,
        String outcome,
        long records,
        @Nullable Archive archive,
        @Nullable String manifestSha256,
        @Nullable Failure failure,
        @Nullable Instant endedAt) {

    /** What may be said of the archive in a topic: nothing that gives access to it. */
    public record Archive(String fileName, long size, String sha256, Instant expiresAt) {
        static @Nullable Archive of(@Nullable Attachment attachment) {
            return attachment == null
                    ? null
                    : new Archive(
                            attachment.fileName(), attachment.size(), attachment.sha256(), attachment.expiresAt());
        }
    }

    static ExportFinished of(ExportJob job) {
        return new ExportFinished(
                job.id(),
                job.requestedBy(),
                job.summary().outcome(),
                job.checkpoint().totalExportedCount(),
                Archive.of(job.attachment()),
                job.finalManifest().map(SignedManifest::sha256).orElse(null),
                job.failure(),
                job.endedAt());
    }
}
