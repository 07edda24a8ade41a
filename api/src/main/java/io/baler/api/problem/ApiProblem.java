package io.baler.api.problem;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Ends a call with an answer other than the hoped-for one: a status, a code for programs, words for people. */
public final class ApiProblem extends ErrorResponseException {
    private static final long serialVersionUID = 1;
    private static final URI NO_TYPE = URI.create("about:blank");
    private static final String CODE = "code";

    /** @param detail what happened, and what of it took effect; nothing of our insides */
    public ApiProblem(HttpStatus status, String code, String detail) {
        super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
        with(CODE, code);
    }

    /** A further member of the answer's body. */
    public ApiProblem with(String member, Object value) {
        getBody().setProperty(member, value);
        return this;
    }

    public ApiProblem withHeader(String name, String value) {
        getHeaders().set(name, value);
        return this;
    }

    public ApiProblem retryAfter(Duration pause) {
        return withHeader(HttpHeaders.RETRY_AFTER, String.valueOf(pause.toSeconds()));
    }

    /** What every problem has, also one that was not made here: a type, and a code, if only the status in words. */
    static ProblemDetail completed(ProblemDetail problem) {
        problem.setType(NO_TYPE);
        if (problem.getProperties() == null || !problem.getProperties().containsKey(CODE)) {
            problem.setProperty(CODE, codeOf(HttpStatusCode.valueOf(problem.getStatus())));
        }
        return problem;
    }

    static String codeOf(HttpStatusCode status) {
        var known = HttpStatus.resolve(status.value());
        return known == null
                ? "status-" + status.value()
                : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
