package io.baler.standalone.client;

import io.baler.job.JobStatus;
import io.baler.standalone.progress.Progress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An export as the server tells it; the server leaves out what it does not know yet. */
public record Export(
        String id,
        JobStatus status,
        @Nullable String requestedBy,
        @Nullable Filters filters,
        @Nullable String format,
        @Nullable Instant asOf,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Count progress,
        @Nullable Archive archive,
        @Nullable Failure failure) {

    /** What was asked for; absent lists do not restrict. */
    public record Filters(
            @Nullable List<String> usernames,
            @Nullable List<String> users,
            @Nullable List<String> actions,
            @Nullable String dateFrom,
            @Nullable String dateTo) {}

    /** Records written so far, and what is expected where that is known. */
    public record Count(
            @Nullable Long exported,
            @Nullable Long expected,
            @Nullable Double percent) {}

    public record Archive(
            @Nullable String fileName,
            long size,
            @Nullable String sha256,
            @Nullable Instant expiresAt) {

        /** The name that the server suggests, and never a path out of the directory that it is put in. */
        public String plainFileName() {
            return fileName != null && fileName.matches("[\\w][\\w.-]{0,200}") ? fileName : "audit-logs.zip";
        }
    }

    public record Failure(@Nullable String code, @Nullable String message) {}

    public long exported() {
        return progress == null || progress.exported() == null ? 0 : progress.exported();
    }

    /** Records expected, or {@link Progress#UNKNOWN}. */
    public long expected() {
        return progress == null || progress.expected() == null ? Progress.UNKNOWN : progress.expected();
    }

    /** Why there is no archive and will be none, as far as the server says. */
    public String reason() {
        return failure == null || failure.message() == null ? "the server gives no reason" : failure.message();
    }
}
