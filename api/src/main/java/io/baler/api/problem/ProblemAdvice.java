package io.baler.api.problem;

import com.mongodb.MongoException;
import io.baler.job.request.InvalidRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Makes {@code application/problem+json} of whatever ends a call early; what nobody expected is logged, not shown. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> invalid(InvalidRequest invalid, WebRequest request) {
        var problem = switch (invalid.kind()) {
            case MALFORMED ->
                new ApiProblem(
                        HttpStatus.BAD_REQUEST, "invalid-request", "The request is not valid; nothing was started");
            case UNPROCESSABLE ->
                new ApiProblem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "unprocessable-request",
                        "The request asks for what cannot be had; nothing was started");
        };
        return answer(problem.with("errors", invalid.errors()), request);
    }

    @ExceptionHandler({DataAccessException.class, MongoException.class})
    @Nullable
    ResponseEntity<Object> database(RuntimeException failure, WebRequest request) {
        var outage = DatabaseOutage.of(failure);
        if (outage == null) {
            return unexpected(failure, request);
        }
        log.warn("MongoDB cannot be reached ({}); callers are told to come back", outage.reason());
        return answer(outage.problem(isChanging(request)), request);
    }

    private static boolean isChanging(WebRequest request) {
        return !(request instanceof ServletWebRequest call && SAFE.contains(call.getHttpMethod()));
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(Exception failure, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            // nobody is there to be told
            return null;
        }
        log.error("{} failed unexpectedly", request.getDescription(false), failure);
        var problem = new ApiProblem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-server-error",
                "Something went wrong that should not have; the server's log has the details");
        return answer(problem, request);
    }

    private @Nullable ResponseEntity<Object> answer(ApiProblem problem, WebRequest request) {
        return handleExceptionInternal(
                problem, problem.getBody(), problem.getHeaders(), problem.getStatusCode(), request);
    }

    /** Spring's own 500s are answered and forgotten otherwise. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return status.value() == 500 && !(failure instanceof ApiProblem)
                ? unexpected(failure, request)
                : super.handleExceptionInternal(failure, body, headers, status, request);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var told = body instanceof ProblemDetail problem ? problem : ProblemDetail.forStatus(status);
        return ResponseEntity.status(status)
                .headers(headers)
                // fixed, so that an answer does not fail on what the caller accepts, which may be what is wrong
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ApiProblem.completed(told));
    }
}
