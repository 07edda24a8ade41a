package io.baler.api.export;

import io.baler.job.JobSummary;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.json.JsonMapper;

/** Answers those who ask again and again: says when to come back, and nothing where nothing has changed. */
@Component
final class ExportPolling {
    private final JsonMapper json;
    private final Clock clock;

    ExportPolling(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    Snapshot snapshot(JobSummary job) {
        var view = ExportView.of(job);
        return Snapshot.of(view, json.writeValueAsString(view));
    }

    ResponseEntity<ExportView> answer(JobSummary job, HttpServletRequest request) {
        var snapshot = snapshot(job);
        // without a response, which it would otherwise write to
        var known = new ServletWebRequest(request).checkNotModified(snapshot.etag());
        var answer = ResponseEntity.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .eTag(snapshot.etag())
                .cacheControl(CacheControl.noCache().cachePrivate());
        if (job.status().isLive()) {
            var pause = Pace.of(job, clock.instant());
            answer.header(HttpHeaders.RETRY_AFTER, String.valueOf(pause.toSeconds()));
        }
        return known ? answer.build() : answer.body(snapshot.view());
    }
}
