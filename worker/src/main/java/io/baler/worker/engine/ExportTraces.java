package io.baler.worker.engine;

import io.baler.job.ExportJob;
import io.baler.job.LoggedExport;
import io.baler.job.tracing.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A span for each claim of an export, in the trace that the job remembers: whoever takes the export over adds another to
 * the same. It tells how much was made durable and how it ended, nothing of what was asked for or by whom.
 */
final class ExportTraces implements ExportListener {
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("baler.outcome");
    private static final AttributeKey<String> CAUSE = AttributeKey.stringKey("baler.cause");

    private final Traces traces;

    /** By thread, for a job that was lost and claimed again may be here twice for a moment. */
    private final Map<Thread, Running> running = new ConcurrentHashMap<>();

    /** With what was durable when it began. */
    private record Running(Span span, Scope current, long recordsBefore, long bytesBefore) {}

    ExportTraces(Traces traces) {
        this.traces = traces;
    }

    /** Ends the span in {@link #left}, which is always heard. */
    @Override
    @SuppressWarnings("MustBeClosedChecker")
    public void began(ExportJob claimed) {
        var span = traces.begin("export", SpanKind.INTERNAL, claimed.trace());
        var checkpoint = claimed.checkpoint();
        span.setAttribute(LoggedExport.JOB, claimed.id())
                .setAttribute(LoggedExport.EPOCH, claimed.epoch())
                .setAttribute("baler.format", claimed.format().value())
                .setAttribute("baler.takeover", claimed.wasBegunBefore())
                .setAttribute("baler.first_part", checkpoint.seq() + 1L)
                // until something else is heard
                .setAttribute(OUTCOME, "given back");
        running.put(
                Thread.currentThread(),
                new Running(span, span.makeCurrent(), checkpoint.totalExportedCount(), checkpoint.bytes()));
    }

    @Override
    public void triedAgain(ExportJob job, String cause) {
        here(export -> export.span().addEvent("tried again", Attributes.of(CAUSE, cause)));
    }

    @Override
    public void lost(ExportJob job) {
        here(export -> export.span().setAttribute(OUTCOME, "lost"));
    }

    @Override
    public void ended(ExportJob job) {
        here(export -> {
            export.span().setAttribute(OUTCOME, job.summary().outcome());
            var failure = job.failure();
            if (failure != null) {
                export.span().setAttribute(CAUSE, failure.code()).setStatus(StatusCode.ERROR);
            }
        });
    }

    @Override
    public void left(ExportJob job) {
        var export = running.remove(Thread.currentThread());
        if (export != null) {
            durable(export, job);
            export.current().close();
            export.span().end();
        }
    }

    /** By this claim. */
    private static void durable(Running export, ExportJob job) {
        var checkpoint = job.checkpoint();
        export.span()
                .setAttribute("baler.records", checkpoint.totalExportedCount() - export.recordsBefore())
                .setAttribute("baler.bytes", checkpoint.bytes() - export.bytesBefore());
    }

    private void here(Consumer<Running> told) {
        var export = running.get(Thread.currentThread());
        if (export != null) {
            told.accept(export);
        }
    }
}
