package io.baler.api.auth;

import io.baler.api.problem.ApiProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refusals of security in the form of every other one; of themselves they would have no body. */
final class AccessProblems implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String CHALLENGE = "Bearer realm=\"baler\"";

    private final HandlerExceptionResolver problems;

    AccessProblems(HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    /** Why the token is not a good one is not told: who has made it up would learn from it. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
        problems.resolveException(
                request,
                response,
                null,
                failure instanceof AuthenticationServiceException ? unverifiable() : unauthorized(failure));
    }

    private static ApiProblem unauthorized(AuthenticationException failure) {
        // RFC 6750: no error code where nothing was presented
        var challenge = failure instanceof InsufficientAuthenticationException
                ? CHALLENGE
                : CHALLENGE + ", error=\"invalid_token\"";
        return new ApiProblem(
                        HttpStatus.UNAUTHORIZED, "unauthorized", "A valid bearer token is required for every call")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }

    /** A 401 would make clients throw away tokens that are good. */
    private static ApiProblem unverifiable() {
        return new ApiProblem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "issuer-unavailable",
                        "The token cannot be checked: its issuer's keys cannot be had at the moment. Nothing was done;"
                                + " try again later")
                .retryAfter(ProviderKeys.PAUSE);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial) {
        var scope = Scope.neededFor(request).value();
        var problem = new ApiProblem(
                        HttpStatus.FORBIDDEN, "forbidden", "This call needs a token with the scope " + scope)
                .with("scope", scope)
                .withHeader(
                        HttpHeaders.WWW_AUTHENTICATE,
                        CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
        problems.resolveException(request, response, null, problem);
    }
}
