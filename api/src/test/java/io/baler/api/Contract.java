package io.baler.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The guarantee that an answer is one that the document at {@code /v3/api-docs} describes. */
final class Contract {
    private static final String PROBLEM = "application/problem+json";

    private final JsonNode document;
    private final JsonNode strict;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Set<String>> seen = new TreeMap<>();

    Contract(JsonNode document) {
        this.document = document;
        this.strict = closed(document.path("components").deepCopy());
    }

    /** Nothing may be answered that is not described, though clients are to put up with more. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Contract::closed);
        return node;
    }

    /** All calls that are described, as {@code GET /path/{id}}. */
    SortedSet<String> calls() {
        var calls = new TreeSet<String>();
        document.path("paths")
                .forEachEntry((path, item) -> item.propertyNames()
                        .forEach(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return calls;
    }

    void keeps(int status, Answer answer) {
        keeps(answer).is(status);
    }

    /** The answer, if it is described. */
    Answer keeps(Answer answer) {
        keeps(answer.response(), answer.text());
        return answer;
    }

    void keeps(HttpResponse<?> response, String body) {
        var call = response.request();
        // HEAD is answered as GET is, without a body
        var method = call.method().equals("HEAD") ? "get" : call.method().toLowerCase(Locale.ROOT);
        var path = pathOf(call.uri().getPath());
        var status = String.valueOf(response.statusCode());
        var described =
                document.at("/paths").path(path).path(method).path("responses").path(status);
        var what = call.method() + " " + path + " " + status;
        assertThat(described.isMissingNode())
                .as(what + " is not described: " + body)
                .isFalse();
        seen.computeIfAbsent(call.method() + " " + path, first -> new TreeSet<>())
                .add(status);

        if (!call.method().equals("HEAD") && !body.isEmpty()) {
            var type = response.headers().firstValue("content-type").orElse("").replaceAll(";.*", "");
            var content = described.path("content").path(type);
            assertThat(content.isMissingNode()).as(what + " as " + type).isFalse();
            if (type.endsWith("json")) {
                fits(content, body, what);
            }
            if (type.equals(PROBLEM)) {
                var code = JsonMapper.shared().readTree(body).path("code").stringValue();
                assertThat(content.path("examples").propertyNames()).as(what).contains(code);
            }
        }
    }

    private void fits(JsonNode content, String body, String what) {
        var schema = (ObjectNode) content.path("schema").deepCopy();
        schema.set("components", strict);
        var errors = schemas.getSchema(schema).validate(JsonMapper.shared().readTree(body));
        assertThat(errors).as(what + ": " + body).isEmpty();
    }

    private String pathOf(String path) {
        var templates = document.path("paths").propertyNames();
        return templates.contains(path)
                ? path
                : templates.stream()
                        .filter(template -> Pattern.matches(template.replaceAll("\\{[^}]+}", "[^/]+"), path))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(path + " is not described"));
    }

    /** Statuses that were answered, by call. */
    Map<String, Set<String>> seen() {
        return seen;
    }
}
