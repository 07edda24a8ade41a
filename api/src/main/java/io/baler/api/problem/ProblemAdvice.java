package io.baler.api.problem;

import com.mongodb.MongoException;
import io.baler.job.NewerJob;
import io.baler.job.request.InvalidRequest;
import java.time.Duration;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
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
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Makes {@code application/problem+json} of whatever ends a call early; what nobody expected is logged, not shown. */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int FIRST_OF_THE_SERVERS_OWN = 500;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final SparseLog databaseAway =
            new SparseLog(log, "MongoDB cannot be reached ({}); callers are told to come back");
    private final SparseLog storageAway =
            new SparseLog(log, "The storage cannot be reached ({}); callers are told to come back");

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> invalid(InvalidRequest invalid, WebRequest request) {
        var problem = switch (invalid.kind()) {
            case MALFORMED ->
                new ApiProblem(HttpStatus.BAD_REQUEST, invalid.code(), "The request is not valid; nothing was started");
            case UNPROCESSABLE ->
                new ApiProblem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        invalid.code(),
                        "The request asks for what cannot be had; nothing was started");
        };
        return answer(problem.with("errors", invalid.errors()), request);
    }

    /** Found where the parameters are first looked at, which is long behind Tomcat's other refusals. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unreadable(InvalidParameterException query, WebRequest request) {
        var problem = new ApiProblem(
                HttpStatus.BAD_REQUEST,
                "bad-request",
                "The query cannot be read: a name is missing, or an encoding wrong");
        return answer(problem, request);
    }

    @ExceptionHandler({DataAccessException.class, MongoException.class})
    @Nullable
    ResponseEntity<Object> database(RuntimeException failure, WebRequest request) {
        var outage = DatabaseOutage.of(failure);
        if (outage == null) {
            return defect(failure, request);
        }
        databaseAway.warn(outage.reason());
        return answer(outage.problem(isChanging(request)), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> storage(SdkException failure, WebRequest request) {
        throwIfUnderWay(failure, request);
        if (failure instanceof SdkServiceException refused && refused.statusCode() < FIRST_OF_THE_SERVERS_OWN) {
            return defect(failure, request);
        }
        storageAway.warn(failure.toString());
        var problem = new ApiProblem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "storage-unavailable",
                "The storage cannot be reached at the moment. Nothing is lost; try again later.");
        return answer(problem.retryAfter(PAUSE), request);
    }

    /** While services are replaced one by one: the next call may reach one that understands it. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> newer(NewerJob newer, WebRequest request) {
        // who follows such an export asks every few seconds, and is told
        log.debug("{}; callers are told to come back", newer.getMessage());
        var problem = new ApiProblem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "newer-version",
                "The export " + newer.jobId()
                        + " was made by a newer version of Baler than this server is of. Nothing was"
                        + " changed; try again later.");
        return answer(problem.retryAfter(PAUSE), request);
    }

    private static boolean isChanging(WebRequest request) {
        return !(request instanceof ServletWebRequest call && SAFE.contains(call.getHttpMethod()));
    }

    /** Spring stumbles over a Content-Type with a wildcard where it reads the headers of a path that is not there. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(IllegalArgumentException failure, WebRequest request) throws Exception {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.contains("*")) {
            return unexpected((Exception) failure, request);
        }
        var problem = new ApiProblem(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The Content-Type names no type");
        return answer(problem, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(Exception failure, WebRequest request) throws Exception {
        throwIfUnderWay(failure, request);
        return defect(failure, request);
    }

    /**
     * An answer that fails half-way, such as one that is passed on from the storage, is left to the container, which
     * breaks off the connection: were it to end here, the caller would wait for the rest of what is promised.
     */
    private static <E extends Exception> void throwIfUnderWay(E failure, WebRequest request) throws E {
        if (request instanceof ServletWebRequest call
                && call.getResponse() != null
                && call.getResponse().isCommitted()) {
            throw failure;
        }
    }

    private @Nullable ResponseEntity<Object> defect(Exception failure, WebRequest request) {
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
        forgetWhatWasPromised(request);
        return handleExceptionInternal(
                problem, problem.getBody(), problem.getHeaders(), problem.getStatusCode(), request);
    }

    /** An answer may have failed behind its headers: a problem of that length and with that digest would be none. */
    private static void forgetWhatWasPromised(WebRequest request) {
        if (request instanceof ServletWebRequest call
                && call.getResponse() != null
                && !call.getResponse().isCommitted()) {
            call.getResponse().reset();
        }
    }

    /** Spring's own 500s are answered and forgotten otherwise. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return status.value() == 500 && !(failure instanceof ApiProblem)
                ? defect(failure, request)
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
