package io.baler.api.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baler.job.ArchiveFormat;
import io.baler.job.Attachment;
import io.baler.job.ExportJob;
import io.baler.job.Failure;
import io.baler.job.JobStatus;
import io.baler.job.JobSummary;
import io.baler.job.LogFilters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An export as its requester sees it; what is not known yet is left out.
 *
 * @param archive what there is to download, or was until it expired
 * @param manifest what proves the archive, or that nothing matched
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportView(
        String id,
        JobStatus status,
        String requestedBy,
        LogFilters filters,
        ArchiveFormat format,
        Instant asOf,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Progress progress,
        @Nullable Archive archive,
        @Nullable Manifest manifest,
        @Nullable Failure failure) {

    static ExportView of(ExportJob job) {
        return of(job.summary());
    }

    static ExportView of(JobSummary job) {
        return new ExportView(
                job.id(),
                job.status(),
                job.requestedBy(),
                job.filters(),
                job.format(),
                job.asOf(),
                job.createdAt(),
                job.startedAt(),
                job.endedAt(),
                Progress.of(job),
                Archive.of(job.attachment()),
                job.finalManifest().map(Manifest::of).orElse(null),
                job.failure());
    }

    /**
     * @param exported records so far
     * @param expected records in all, where that is known
     * @param percent one decimal, rounded down; 100 says that the export is completed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Progress(
            long exported,
            @Nullable Long expected,
            @Nullable Double percent) {
        private static final double ALL = 100;
        private static final double ALMOST_ALL = 99.9;

        static Progress of(JobSummary job) {
            var completed = job.status() == JobStatus.COMPLETED;
            return new Progress(
                    job.progress(), job.expectedCount(), percent(completed, job.progress(), job.expectedCount()));
        }

        static @Nullable Double percent(boolean completed, long exported, @Nullable Long expected) {
            if (completed) {
                return ALL;
            }
            if (expected == null || expected <= 0) {
                return null;
            }
            return Math.min(ALMOST_ALL, Math.floor(exported * 1_000.0 / expected) / 10);
        }
    }

    record Archive(String fileName, long size, String sha256, Instant expiresAt) {
        static @Nullable Archive of(@Nullable Attachment attachment) {
            return attachment == null
                    ? null
                    : new Archive(
                            attachment.fileName(), attachment.size(), attachment.sha256(), attachment.expiresAt());
        }
    }

    /**
     * @param signingKey id of the key that signed it
     * @param chainPosition of the requester's manifests of the same filters and format, from 1
     */
    record Manifest(String sha256, String signingKey, int chainPosition) {
        static Manifest of(JobSummary.Proof manifest) {
            return new Manifest(manifest.sha256(), manifest.keyId(), manifest.position());
        }
    }
}
