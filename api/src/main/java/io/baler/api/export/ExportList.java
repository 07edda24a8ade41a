package io.baler.api.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baler.job.JobPage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * A page of exports, newest first.
 *
 * @param next where the list goes on; none = this is its end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportList(List<ExportView> exports, @Nullable String next) {

    /** The way to the next page is told twice: in the body, and as RFC 8288 has it for clients that know that. */
    static ResponseEntity<ExportList> answer(ListCall call, JobPage page) {
        var exports = page.jobs().stream().map(ExportView::of).toList();
        if (page.next() == null) {
            return ResponseEntity.ok(new ExportList(exports, null));
        }
        var next = call.next(page.next()).toString();
        return ResponseEntity.ok()
                .header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"")
                .body(new ExportList(exports, next));
    }
}
