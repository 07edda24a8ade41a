package io.baler.standalone.client;

import io.baler.standalone.terminal.Terminal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The server's refusal, told in one line. */
public final class ApiProblem extends CallFailed {

    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;

    private final int status;
    private final Body body;

    private ApiProblem(int status, Body body) {
        super(line(status, body), null);
        this.status = status;
        this.body = body;
    }

    /** Reads {@code application/problem+json}, and makes do with the status where something else comes. */
    static ApiProblem of(int status, String text, JsonMapper json) {
        try {
            var body = json.readValue(text, Body.class);
            return new ApiProblem(status, body == null ? Body.EMPTY : body);
        } catch (JacksonException e) {
            return new ApiProblem(status, Body.EMPTY);
        }
    }

    public boolean is(String code) {
        return code.equals(body.code);
    }

    /** There is no such thing, or there is none any more. */
    public boolean isNotFound() {
        return status == NOT_FOUND;
    }

    /** The running export that an identical request clashes with. */
    public @Nullable String existingId() {
        return body.existing == null ? null : body.existing.id;
    }

    @Override
    boolean mayPass() {
        return status >= SERVER_ERROR || status == TOO_MANY;
    }

    private static String line(int status, Body body) {
        var said = body.detail != null ? body.detail : body.title;
        var text = new StringBuilder(said != null ? said : "the server answered " + status + " without saying why");
        if (body.errors != null && !body.errors.isEmpty()) {
            text.append(body.errors.stream()
                    .map(error -> error.field + ": " + error.message)
                    .collect(Collectors.joining("; ", " (", ")")));
        }
        if (status == UNAUTHORIZED) {
            text.append(": is it the server's token?");
        }
        return Terminal.plain(text.toString());
    }

    private record Body(
            @Nullable String title,
            @Nullable String detail,
            @Nullable String code,
            @Nullable List<FieldError> errors,
            @Nullable Existing existing) {

        static final Body EMPTY = new Body(null, null, null, null, null);
    }

    private record FieldError(
            @Nullable String field, @Nullable String message) {}

    private record Existing(@Nullable String id) {}
}
