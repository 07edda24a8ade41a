package io.baler.api.limit;

import io.baler.api.problem.ApiProblem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/** Ends a call that changes something if its caller has made too many of them; looks are not counted. */
final class RateGuard implements HandlerInterceptor {
    private static final Set<String> LOOKS = Set.of("GET", "HEAD", "OPTIONS");

    private final RequestRate rate;
    private final int most;

    RateGuard(RequestRate rate, int most) {
        this.rate = rate;
        this.most = most;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // an error is dispatched with the method of the call that it ends
        if (!LOOKS.contains(request.getMethod()) && request.getDispatcherType() == DispatcherType.REQUEST) {
            var caller = Objects.requireNonNull(request.getUserPrincipal(), "an authenticated caller");
            rate.count(caller.getName()).ifPresent(wait -> {
                throw tooManyRequests(wait);
            });
        }
        return true;
    }

    private ApiProblem tooManyRequests(Duration wait) {
        return new ApiProblem(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-requests",
                        "You have made " + most + " calls that change something within a minute, and more are not"
                                + " allowed (baler.limits.requests-per-minute). Nothing was started or changed")
                .with("limit", most)
                // rounded up: who comes a moment too early is refused again
                .retryAfter(wait.plusMillis(999));
    }
}
