package io.baler.api.docs;

import static io.baler.api.docs.Schemas.integer;
import static io.baler.api.docs.Schemas.list;
import static io.baler.api.docs.Schemas.object;
import static io.baler.api.docs.Schemas.text;
import static io.baler.api.docs.Schemas.time;

import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one form of all refusals (RFC 9457). */
final class ProblemSchema {
    private ProblemSchema() {}

    static Schema<?> schema() {
        var members = new LinkedHashMap<String, Schema<?>>();
        members.put("type", text());
        members.put("title", text());
        members.put("status", integer());
        members.put("detail", text().description("What happened, and what of it took effect; for people"));
        members.put("instance", text());
        members.put("code", Schemas.oneOf(Refusal.codes()).description("For programs"));
        members.put("errors", list(object(Map.of("field", text(), "message", text()), List.of("field", "message"))));
        members.put(
                "existing",
                object(Map.of("id", text(), "createdAt", time(), "href", text()), List.of("id", "createdAt", "href")));
        members.put("state", text());
        members.put("possible", list(text()));
        members.put("limit", integer());
        members.put("failure", object(Map.of("code", text(), "message", text()), List.of("code", "message")));
        members.put("expiredAt", time());
        return object(members, List.of("type", "title", "status", "detail", "code"))
                .description("Why a call was refused. code says it for programs, detail for people; the rest is there"
                        + " where it belongs to the code.");
    }
}
