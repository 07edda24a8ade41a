package io.baler.job;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which trace an export belongs to, as W3C Trace Context has it, so that whoever asked finds in his or her tracing what
 * came of it.
 *
 * @param traceparent version, trace, parent, flags
 * @param tracestate what tracing systems add of their own; none if it was too long or unreadable
 */
public record TraceContext(String traceparent, @Nullable String tracestate) {
    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";

    /** Later versions may have more behind it, which is not passed on. */
    private static final Pattern PARENT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2})(-.*)?");

    /** As long as it must be passed on at least; longer ones may be dropped. */
    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e]{1,512}");

    private static final String VERSION = "00";

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

    private static final TextMapGetter<TraceContext> FIELDS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(TraceContext carrier) {
            return List.of(TRACEPARENT, TRACESTATE);
        }

        @Override
        public @Nullable String get(@Nullable TraceContext carrier, String name) {
            if (carrier == null) {
                return null;
            }
            return name.equals(TRACEPARENT) ? carrier.traceparent : carrier.tracestate;
        }
    };

    /**
     * What is to be written down of a request: the step that is traced here, if one is, for that is what the rest follows
     * from; otherwise what its headers say.
     */
    public static Optional<TraceContext> of(Function<String, @Nullable String> headers) {
        var here = new HashMap<String, String>();
        W3C.inject(Context.current(), here, (fields, name, value) -> {
            if (fields != null) {
                fields.put(name, value);
            }
        });
        return here.isEmpty() ? in(headers) : in(here::get);
    }

    /** For steps that follow from it in this process. */
    public Context context() {
        return W3C.extract(Context.root(), this, FIELDS);
    }

    /**
     * Reads it from headers; what is none is left out, for a request is not refused over its trace.
     *
     * @param headers the value of the header of that name, if there is one
     */
    public static Optional<TraceContext> in(Function<String, @Nullable String> headers) {
        var parent = headers.apply(TRACEPARENT);
        if (parent == null) {
            return Optional.empty();
        }
        var parts = PARENT.matcher(parent);
        if (!parts.matches() || (parts.group(1).equals(VERSION) && parts.group(3) != null)) {
            return Optional.empty();
        }
        var state = headers.apply(TRACESTATE);
        return Optional.of(new TraceContext(
                VERSION + "-" + parts.group(2),
                state != null && STATE.matcher(state).matches() ? state : null));
    }
}
