package io.baler.api.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baler.job.request.InvalidRequest.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Tells problems on the predecessor's route in the predecessor's form, whoever found them. Status and headers stay, and
 * so do the refusals of security, which its front end does not read.
 */
@ControllerAdvice
final class PredecessorErrors implements ResponseBodyAdvice<Object> {
    private static final String INVALID = "validation_failed";
    private static final String DUPLICATE = "audit_log_bulk_export.duplicate_export_job_error";
    private static final String FAILED = "audit_log_bulk_export.failed_to_export";

    @Override
    public boolean supports(MethodParameter answer, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter answer,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof ProblemDetail problem
                && request.getURI().getPath().equals(PredecessorController.PATH)
                && !isOfSecurity(problem)) {
            response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
            return Errors.of(problem);
        }
        return body;
    }

    private static boolean isOfSecurity(ProblemDetail problem) {
        return problem.getStatus() == HttpStatus.UNAUTHORIZED.value()
                || problem.getStatus() == HttpStatus.FORBIDDEN.value();
    }

    record Errors(List<OneError> errors) {
        static Errors of(ProblemDetail problem) {
            var members = problem.getProperties() == null ? Map.<String, Object>of() : problem.getProperties();
            if (members.get("existing") instanceof ExportProblems.Existing existing) {
                return new Errors(List.of(new OneError(
                        DUPLICATE,
                        String.valueOf(problem.getDetail()),
                        new Args(new DuplicateJob(existing.createdAt())))));
            }
            var code = problem.getStatus() == HttpStatus.BAD_REQUEST.value() ? INVALID : FAILED;
            return members.get("errors") instanceof List<?> fields
                    ? new Errors(fields.stream()
                            .filter(FieldError.class::isInstance)
                            .map(FieldError.class::cast)
                            .map(field -> new OneError(code, field.field() + ": " + field.message(), null))
                            .toList())
                    : new Errors(List.of(new OneError(code, String.valueOf(problem.getDetail()), null)));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OneError(String code, String message, @Nullable Args args) {}

    record Args(DuplicateJob duplicateJob) {}

    record DuplicateJob(Instant createdAt) {}
}
