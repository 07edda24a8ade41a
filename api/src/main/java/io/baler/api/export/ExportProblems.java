package io.baler.api.export;

import io.baler.api.problem.ApiProblem;
import io.baler.job.ExportJob;
import io.baler.job.LiveLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The answers that say why an export cannot be had or changed as asked; each says what took effect. */
final class ExportProblems {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private ExportProblems() {}

    /** The same whether it never was, is deleted or somebody else's: nothing is told of what is not one's own. */
    static ApiProblem notFound() {
        return new ApiProblem(HttpStatus.NOT_FOUND, "not-found", "There is no export with this id");
    }

    static ApiProblem duplicate(ExportJob existing) {
        return new ApiProblem(
                        HttpStatus.CONFLICT,
                        "duplicate",
                        "An export with the same filters is under way since " + existing.createdAt() + ": "
                                + existing.id() + ". Nothing was started")
                .with("existing", Existing.of(existing));
    }

    static ApiProblem tooManyLive(LiveLimit limit) {
        var detail = limit.isOfOneRequester()
                ? "You have %d exports that wait or run, and more are not allowed at once (%s). Nothing was started;"
                        + " wait for one to end, or cancel one"
                : "All requesters together have %d exports that wait or run, and more are not allowed at once (%s)."
                        + " Nothing was started; wait for one to end";
        return new ApiProblem(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-live-exports",
                        detail.formatted(limit.most(), limit.setting()))
                .with("limit", limit.most())
                .retryAfter(A_WHILE);
    }

    record Existing(String id, Instant createdAt, String href) {
        static Existing of(ExportJob job) {
            return new Existing(job.id(), job.createdAt(), ExportPaths.of(job).toString());
        }
    }

    static ApiProblem tooManyPreviews(int most, Duration longest) {
        return new ApiProblem(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-previews",
                        "As many previews are being made as may be at once here (baler.preview.at-once); try again in a"
                                + " moment")
                .with("limit", most)
                .retryAfter(longest.plusMillis(999));
    }

    static ApiProblem keyReused() {
        return new ApiProblem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency-key-reused",
                "This Idempotency-Key was sent with another body before. Nothing was started; a new request needs a new"
                        + " key");
    }

    static ApiProblem keysExportDeleted() {
        return new ApiProblem(
                HttpStatus.GONE,
                "export-deleted",
                "The export that was made for this Idempotency-Key has been deleted. Nothing was started; a new request"
                        + " needs a new key");
    }

    static ApiProblem wrongState(ExportJob job, String wish) {
        var possible = possible(job);
        return new ApiProblem(
                        HttpStatus.CONFLICT,
                        "wrong-state",
                        "The export is " + job.status().value() + " and cannot be " + wish
                                + ". Nothing was changed; possible: " + String.join(", ", possible))
                .with("state", job.status())
                .with("possible", possible);
    }

    private static List<String> possible(ExportJob job) {
        return switch (job.status()) {
            case QUEUED, EXPORTING, UPLOADING -> List.of("restart", "cancel");
            case FAILED -> job.isResumable() ? List.of("resume", "delete") : List.of("delete");
            case COMPLETED, CANCELLED, EXPIRED -> List.of("delete");
            case DELETED -> List.of();
        };
    }

    static ApiProblem notReady(ExportJob job) {
        return new ApiProblem(
                        HttpStatus.CONFLICT,
                        "not-ready",
                        "The export is " + job.status().value()
                                + "; its archive and manifest are there when it is completed")
                .retryAfter(LOOK_AGAIN);
    }

    static ApiProblem noResults() {
        return new ApiProblem(
                HttpStatus.NOT_FOUND, "no-results", "The export is completed: nothing matched, so there is no archive");
    }

    static ApiProblem noManifest() {
        return new ApiProblem(
                HttpStatus.NOT_FOUND,
                "no-manifest",
                "The export was completed by a version of Baler that made no signed manifests; request the export again"
                        + " to get one");
    }

    static ApiProblem failed(ExportJob job) {
        var failure = job.failure();
        var problem = new ApiProblem(
                HttpStatus.CONFLICT, "failed", "The export failed" + (failure == null ? "" : ": " + failure.message()));
        return failure == null ? problem : problem.with("failure", failure);
    }

    static ApiProblem cancelled(Instant when) {
        return new ApiProblem(
                HttpStatus.CONFLICT, "cancelled", "The export was cancelled at " + when + ": there is no archive");
    }

    static ApiProblem overdue(Instant when) {
        return gone("The export took longer than it may and expired at " + when + ": there is no archive", when);
    }

    static ApiProblem expired(Instant when) {
        return gone("The download expired at " + when + "; request the export again", when);
    }

    /** Somebody took it out of the bucket; no sweep does before the job has given it up. */
    static ApiProblem lost() {
        return new ApiProblem(
                HttpStatus.GONE,
                "archive-lost",
                "The archive is not in the storage any more, though it has not expired; request the export again");
    }

    static ApiProblem noSuchRange(String whatThereIs) {
        return new ApiProblem(
                        HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                        "no-such-range",
                        "The archive has no bytes there; Content-Range says how many it has")
                .withHeader(HttpHeaders.CONTENT_RANGE, whatThereIs)
                .withHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    }

    static ApiProblem tooManyDownloads(int most) {
        return new ApiProblem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "too-many-downloads",
                        "This server hands out " + most + " archives already, and no more at once"
                                + " (baler.api.streams-at-once); try again later")
                .retryAfter(A_WHILE);
    }

    private static ApiProblem gone(String detail, Instant when) {
        return new ApiProblem(HttpStatus.GONE, "expired", detail).with("expiredAt", when);
    }
}
