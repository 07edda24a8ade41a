package io.baler.api.auth;

import io.baler.api.problem.ApiProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Says who comes with the cookie of a session. Whoever presents a token is who the token says, and the cookie is not
 * looked at. A browser adds the cookie by itself, so what changes something has to bring the session's CSRF token, too.
 */
final class SessionFilter extends OncePerRequestFilter {
    static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final WebSessions sessions;
    private final SessionCookie cookie;
    private final RequestMatcher everybodys;
    private final HandlerExceptionResolver problems;

    /** @param everybodys calls that nobody has to be known for */
    SessionFilter(
            WebSessions sessions, SessionCookie cookie, RequestMatcher everybodys, HandlerExceptionResolver problems) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.everybodys = everybodys;
        this.problems = problems;
    }

    /** The page is there for everybody, and also while the database is not: it is the page that says so. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return everybodys.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<SessionAuthentication> caller;
        try {
            caller = request.getHeader(HttpHeaders.AUTHORIZATION) == null
                    ? cookie.in(request).flatMap(sessions::find)
                    : Optional.empty();
        } catch (DataAccessException failure) {
            problems.resolveException(request, response, null, failure);
            return;
        }
        if (caller.isPresent() && !SAFE.contains(request.getMethod()) && !isMeant(request, caller.get())) {
            problems.resolveException(request, response, null, forged());
            return;
        }
        caller.ifPresent(session -> {
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(session);
            SecurityContextHolder.setContext(context);
        });
        chain.doFilter(request, response);
    }

    private static boolean isMeant(HttpServletRequest request, SessionAuthentication session) {
        return session.hasCsrfToken(request.getHeader(CSRF_HEADER));
    }

    private static ApiProblem forged() {
        return new ApiProblem(
                HttpStatus.FORBIDDEN,
                "csrf-token-required",
                "A call that changes something needs the session's csrfToken in the header " + CSRF_HEADER
                        + "; GET /api/v1/session tells it. Nothing was changed");
    }
}
