package io.baler.job.request;

import java.util.List;
import java.util.stream.Collectors;

/** A request that cannot become a job; nothing has been started. Says which field is wrong and why. */
public final class InvalidRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Whether the input could not be understood, or was understood and cannot be had. */
    public enum Kind {
        MALFORMED("invalid-request"),
        UNPROCESSABLE("unprocessable-request");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** For programs, alike in answers and in dead letters. */
        public String code() {
            return code;
        }
    }

    /**
     * @param field its dotted path in the request
     * @param message for people
     */
    public record FieldError(String field, String message) {}

    private final Kind kind;
    private final String code;
    private final transient List<FieldError> errors;

    private InvalidRequest(Kind kind, String code, List<FieldError> errors) {
        super(errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining("; ")));
        this.kind = kind;
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    public static InvalidRequest malformed(String field, String message) {
        return new InvalidRequest(Kind.MALFORMED, Kind.MALFORMED.code(), List.of(new FieldError(field, message)));
    }

    public static InvalidRequest unprocessable(String field, String message) {
        return unprocessable(List.of(new FieldError(field, message)));
    }

    public static InvalidRequest unprocessable(List<FieldError> errors) {
        return new InvalidRequest(Kind.UNPROCESSABLE, Kind.UNPROCESSABLE.code(), errors);
    }

    /** The same, known by a code of its own. */
    public InvalidRequest as(String otherCode) {
        return new InvalidRequest(kind, otherCode, errors);
    }

    public Kind kind() {
        return kind;
    }

    /** For programs. */
    public String code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
