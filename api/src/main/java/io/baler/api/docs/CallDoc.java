package io.baler.api.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;

/** One call: what it is for, what it takes, and everything that it may answer. Written as one chained sentence. */
public final class CallDoc {
    static final String PROBLEM = "application/problem+json";

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    private final HttpMethod method;
    private final String path;
    private final Operation operation = new Operation();
    private final List<Class<?>> models = new ArrayList<>();
    private final Map<String, Schema<?>> bodies = new TreeMap<>();
    private final Map<String, ApiResponse> answers = new TreeMap<>();
    private final Set<String> refusals = new LinkedHashSet<>(Refusal.ANY);

    private CallDoc(HttpMethod method, String path, String summary) {
        this.method = method;
        this.path = path;
        operation.setSummary(summary);
        if (!method.equals(HttpMethod.GET)) {
            refuses(Refusal.TOO_MANY, Refusal.CSRF);
        }
        var variables = VARIABLE.matcher(path);
        while (variables.find()) {
            parameter("path", variables.group(1), "Which one", Schemas.text(), true);
        }
    }

    /** @param path as the controller maps it */
    public static CallDoc of(HttpMethod method, String path, String summary) {
        return new CallDoc(method, path, summary);
    }

    /** In programs that are generated from the document it is the function's name. */
    public CallDoc named(String name) {
        operation.setOperationId(name);
        return this;
    }

    public CallDoc says(String description) {
        operation.setDescription(description);
        return this;
    }

    public CallDoc query(String name, String description, Schema<?> schema) {
        return parameter("query", name, description, schema, false);
    }

    public CallDoc requiredQuery(String name, String description, Schema<?> schema) {
        return parameter("query", name, description, schema, true);
    }

    public CallDoc header(String name, String description) {
        return parameter("header", name, description, Schemas.text(), false);
    }

    private CallDoc parameter(String in, String name, String description, Schema<?> schema, boolean required) {
        operation.addParametersItem(new Parameter()
                .in(in)
                .name(name)
                .description(description)
                .schema(schema)
                .required(required));
        return this;
    }

    /**
     * @param name of the schema, and of the class in generated programs
     * @param examples JSON by a name for it
     */
    public CallDoc takes(String name, Schema<?> schema, Map<String, String> examples) {
        bodies.put(name, schema);
        var json = new MediaType().schema(Schemas.ref(name));
        examples.forEach((title, text) -> json.addExamples(title, example(text)));
        operation.setRequestBody(
                new RequestBody().required(true).content(new Content().addMediaType("application/json", json)));
        return refuses(
                "malformed-json", "incomplete-body", "invalid-request", "content-too-large", "unsupported-media-type");
    }

    private static Example example(String json) {
        try {
            return new Example().value(Json31.mapper().readTree(json));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("an example that is no JSON: " + json, malformed);
        }
    }

    /** Without a body. */
    public CallDoc answers(int status, String description) {
        return answers(status, description, Map.of());
    }

    /** With JSON, and only that: another answer may be asked for and is refused. */
    public CallDoc answers(int status, String description, Class<?> model) {
        models.add(model);
        return answers(status, description, Map.of("application/json", Schemas.ref(ModelNames.of(model))))
                .refuses("not-acceptable");
    }

    /** @param bodies by media type */
    public CallDoc answers(int status, String description, Map<String, Schema<?>> bodies) {
        var answer = new ApiResponse().description(description);
        bodies.forEach((type, schema) -> content(answer).addMediaType(type, new MediaType().schema(schema)));
        answers.put(String.valueOf(status), answer);
        return this;
    }

    public CallDoc refuses(String... codes) {
        refusals.addAll(List.of(codes));
        return this;
    }

    private static Content content(ApiResponse answer) {
        if (answer.getContent() == null) {
            answer.setContent(new Content());
        }
        return answer.getContent();
    }

    HttpMethod method() {
        return method;
    }

    String path() {
        return path;
    }

    List<Class<?>> models() {
        return models;
    }

    Map<String, Schema<?>> bodies() {
        return bodies;
    }

    /** With each refusal as an example of the one form that all of them have. */
    Operation operation(String tag) {
        var all = new TreeMap<>(answers);
        for (var code : refusals) {
            var refusal = Refusal.named(code);
            var answer = all.computeIfAbsent(
                    String.valueOf(refusal.status().value()),
                    status -> new ApiResponse().description(refusal.status().getReasonPhrase()));
            content(answer)
                    .computeIfAbsent(PROBLEM, type -> new MediaType().schema(Schemas.ref("Problem")))
                    .addExamples(code, exampleOf(refusal));
        }
        var responses = new ApiResponses();
        responses.putAll(all);
        return operation.responses(responses).tags(List.of(tag));
    }

    private static Example exampleOf(Refusal refusal) {
        var value = new LinkedHashMap<String, Object>();
        value.put("type", "about:blank");
        value.put("title", refusal.status().getReasonPhrase());
        value.put("status", refusal.status().value());
        value.put("detail", refusal.meaning());
        value.put("code", refusal.code());
        return new Example().summary(refusal.meaning()).value(value);
    }
}
