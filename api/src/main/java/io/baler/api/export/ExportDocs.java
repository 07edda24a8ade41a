package io.baler.api.export;

import static io.baler.api.docs.Schemas.flag;
import static io.baler.api.docs.Schemas.list;
import static io.baler.api.docs.Schemas.number;
import static io.baler.api.docs.Schemas.object;
import static io.baler.api.docs.Schemas.oneOf;
import static io.baler.api.docs.Schemas.selection;
import static io.baler.api.docs.Schemas.text;

import io.baler.api.docs.CallDoc;
import io.baler.api.docs.CallDocs;
import io.baler.job.ArchiveFormat;
import io.baler.job.JobStatus;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Exports, as the document describes them. */
@Component
final class ExportDocs implements CallDocs {
    private static final String ROOT = ExportPaths.ROOT;
    private static final String ONE = ROOT + "/{id}";
    private static final String BODY = "ExportRequest";
    private static final String DATE = "ISO 8601; a date alone means its first or last millisecond in UTC";

    @Override
    public String tag() {
        return "Exports";
    }

    @Override
    public List<CallDoc> calls() {
        return List.of(request(), preview(), listed(), find(), events(), restart(), cancel(), resume(), delete());
    }

    private static CallDoc request() {
        return CallDoc.of(HttpMethod.POST, ROOT, "Requests an export")
                .named("requestExport")
                .takes(
                        BODY,
                        body(),
                        Map.of(
                                "everything", "{\"filters\": {}}",
                                "some", """
                        {"filters": {"usernames": ["ann"], "actions": ["LOGIN"], "dateFrom": "2023-01-01",
                        "dateTo": "2023-01-31T12:00:00Z"}, "format": "csv"}"""))
                .header("Idempotency-Key", "Sent again with the same body within a day, it brings the same export")
                .answers(200, "With reuse: one that is finished and holds the same", ExportView.class)
                .answers(202, "It is queued; Location says where to follow it", ExportView.class)
                .refuses("unprocessable-request", "duplicate", "too-many-live-exports")
                .refuses("idempotency-key-reused", "export-deleted", "newer-version");
    }

    private static CallDoc preview() {
        return CallDoc.of(HttpMethod.POST, ROOT + "/preview", "Says what an export would hold, and starts nothing")
                .named("previewExport")
                .says("Takes the body of a request; restartJob and reuse make no difference")
                .takes(BODY, body(), Map.of("everything", "{\"filters\": {}}"))
                .answers(200, "The count, at least that if it is not exact, and the names nobody knows", Preview.class)
                .refuses("unprocessable-request", "too-many-previews");
    }

    private static Schema<?> body() {
        var filters = new LinkedHashMap<String, Schema<?>>();
        filters.put("usernames", selection(text()).description("Names as people know them"));
        filters.put("users", selection(text()).description("Ids, also of deleted users"));
        filters.put("actions", selection(text()));
        filters.put("dateFrom", text().description(DATE));
        filters.put("dateTo", text().description(DATE));
        var members = new LinkedHashMap<String, Schema<?>>();
        members.put("filters", closed(object(filters, List.of())).description("What is not named restricts nothing"));
        members.put("format", oneOf(formats()).description("json unless it is said"));
        members.put("asOf", text().description("Records that came later are left out; now unless it is said"));
        members.put("restartJob", flag().description("Begins an equal export anew that is under way"));
        members.put("reuse", flag().description("Takes an equal finished export whose range was closed"));
        return closed(object(members, List.of("filters")));
    }

    private static Schema<Object> closed(Schema<Object> schema) {
        schema.setAdditionalProperties(false);
        return schema;
    }

    private static List<String> formats() {
        return Arrays.stream(ArchiveFormat.values()).map(ArchiveFormat::value).toList();
    }

    private static CallDoc listed() {
        var statuses = Stream.of(JobStatus.values())
                .filter(status -> status != JobStatus.DELETED)
                .map(JobStatus::value)
                .toList();
        return CallDoc.of(HttpMethod.GET, ROOT, "One's own exports, newest first")
                .named("listExports")
                .query("status", "Of these only; may be given several times", list(oneOf(statuses)))
                .query("requestedBy", "Administrators: whose, * for everybody's; others see only their own", text())
                .query("createdFrom", DATE, text())
                .query("createdTo", DATE, text())
                .query("limit", "100 unless it is said", number(1, 500))
                .query("cursor", "The place that next of the page before leads to", text())
                .answers(200, "A page; next and Link lead to the one behind it", ExportList.class)
                .refuses("invalid-request", "unprocessable-request");
    }

    private static CallDoc find() {
        return CallDoc.of(HttpMethod.GET, ONE, "How an export stands")
                .named("findExport")
                .header("If-None-Match", "The ETag that is known")
                .answers(200, "Retry-After says when to ask again, until it has ended", ExportView.class)
                .answers(304, "Nothing has changed")
                .refuses("not-found");
    }

    private static CallDoc events() {
        return CallDoc.of(HttpMethod.GET, ONE + "/events", "Follows an export by server-sent events")
                .named("followExport")
                .says(
                        "progress as it is made, then completed, no_results, failed, cancelled or expired; the data of each"
                                + " is what GET of the export answers")
                .header("Last-Event-ID", "The last event that was heard")
                .answers(200, "Events, until the export ends", Map.of("text/event-stream", text()))
                .answers(204, "All has been heard")
                .refuses("not-found", "not-acceptable", "too-many-streams", "stopping");
    }

    private static CallDoc restart() {
        return CallDoc.of(HttpMethod.POST, ONE + "/restart", "Begins an export anew that waits or runs")
                .named("restartExport")
                .answers(202, "It is queued", ExportView.class)
                .refuses("not-found", "wrong-state", "newer-version");
    }

    private static CallDoc cancel() {
        return CallDoc.of(HttpMethod.POST, ONE + "/cancel", "Ends an export that waits or runs")
                .named("cancelExport")
                .answers(202, "It is cancelled", ExportView.class)
                .refuses("not-found", "wrong-state", "newer-version");
    }

    private static CallDoc resume() {
        return CallDoc.of(HttpMethod.POST, ONE + "/resume", "Goes on with a failed export where it stood")
                .named("resumeExport")
                .answers(202, "It is queued", ExportView.class)
                .refuses("not-found", "wrong-state", "duplicate", "too-many-live-exports", "newer-version");
    }

    private static CallDoc delete() {
        return CallDoc.of(HttpMethod.DELETE, ONE, "Deletes an export that has ended, and its archive")
                .named("deleteExport")
                .answers(204, "It is not there any more")
                .refuses("not-found", "wrong-state", "newer-version");
    }
}
