package io.baler.job.tracing;

import io.baler.job.TraceContext;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans, or nothing where no collector is set. What went wrong in one is told by the kind of failure alone: its
 * message may name what somebody asked for, or where a server is.
 */
public final class Traces {
    /** Makes none. */
    public static final Traces NONE = new Traces(OpenTelemetry.noop());

    private static final String FAILURE = "error.type";

    private final Tracer tracer;

    Traces(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.baler");
    }

    /**
     * Begins a span that is no other's step in this process; whoever asks for it ends it.
     *
     * @param parent what it is a step of elsewhere; none = it begins a trace
     */
    public Span begin(String name, SpanKind kind, @Nullable TraceContext parent) {
        var from = parent == null ? Context.root() : parent.context();
        return tracer.spanBuilder(name).setParent(from).setSpanKind(kind).startSpan();
    }

    /** Does the work as a step of what is traced on this thread; without that, there is no span. */
    public <T> T step(String name, Consumer<SpanBuilder> attributes, Supplier<T> work) {
        if (!Span.current().getSpanContext().isValid()) {
            return work.get();
        }
        var builder = tracer.spanBuilder(name);
        attributes.accept(builder);
        return within(builder.startSpan(), work);
    }

    /** Does the work while the span is the current one, and ends it. */
    @SuppressWarnings("try") // the scope is only there to be closed
    public static <T> T within(Span span, Supplier<T> work) {
        try (var scope = span.makeCurrent()) {
            return work.get();
        } catch (RuntimeException | Error failure) {
            failed(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    public static void failed(Span span, Throwable failure) {
        span.setStatus(StatusCode.ERROR)
                .setAttribute(FAILURE, failure.getClass().getName());
    }
}
