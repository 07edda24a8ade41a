package io.baler.job.tracing;

import io.baler.job.OutageLog;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import org.slf4j.LoggerFactory;

/** Says once that spans cannot be sent, and once that they can again; OpenTelemetry's own says it with stack traces. */
final class CollectorLog implements SpanExporter {
    private final SpanExporter exporter;
    private final OutageLog outage = new OutageLog(
            LoggerFactory.getLogger(CollectorLog.class),
            "The collector takes no spans ({}); they are lost, and nothing else is",
            "The collector takes spans again");

    CollectorLog(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = exporter.export(spans);
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                outage.answered();
            } else {
                outage.failed(reason(result));
            }
        });
    }

    private static String reason(CompletableResultCode result) {
        var failure = result.getFailureThrowable();
        return failure == null ? "refused" : failure.getClass().getSimpleName();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
