package io.baler.api.auth;

import io.baler.api.problem.ApiProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refusals of security in the form of every other one; of themselves they would have no body. */
final class AccessProblems implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final HandlerExceptionResolver problems;

    AccessProblems(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
        // RFC 6750: no error code where nothing was presented
        var challenge = failure instanceof InsufficientAuthenticationException
                ? "Bearer realm=\"baler\""
                : "Bearer realm=\"baler\", error=\"invalid_token\"";
        var problem = new ApiProblem(
                        HttpStatus.UNAUTHORIZED, "unauthorized", "A valid bearer token is required for every call")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        problems.resolveException(request, response, null, problem);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial) {
        var problem = new ApiProblem(HttpStatus.FORBIDDEN, "forbidden", "The caller may not do this");
        problems.resolveException(request, response, null, problem);
    }
}
