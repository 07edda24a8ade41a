package io.baler.api;

import io.baler.job.TraceContext;
import io.baler.job.tracing.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * A span for each call that may change something. Reading calls have none: who follows an export makes hundreds of them.
 * Behind security's filters, so that nobody without a token fills a collector. Of the call only its method, its route and
 * its status are told.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class TracedCalls extends OncePerRequestFilter {
    private static final Set<String> READING =
            Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.OPTIONS.name());
    private static final int FIRST_OF_THE_SERVERS_OWN = 500;

    private final Traces traces;

    TracedCalls(Traces traces) {
        this.traces = traces;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    @Override
    @SuppressWarnings("try") // the scope is only there to be closed
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = TraceContext.in(request::getHeader).orElse(null);
        var span = traces.begin(request.getMethod(), SpanKind.SERVER, caller);
        try (var scope = span.makeCurrent()) {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException failure) {
            Traces.failed(span, failure);
            throw failure;
        } finally {
            describe(span, request, response);
            span.end();
        }
    }

    private static void describe(Span span, HttpServletRequest request, HttpServletResponse response) {
        span.setAttribute("http.request.method", request.getMethod());
        span.setAttribute("http.response.status_code", response.getStatus());
        // the pattern, in which no id stands
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route) {
            span.setAttribute("http.route", route).updateName(request.getMethod() + " " + route);
        }
        if (response.getStatus() >= FIRST_OF_THE_SERVERS_OWN) {
            span.setStatus(StatusCode.ERROR);
        }
    }
}
