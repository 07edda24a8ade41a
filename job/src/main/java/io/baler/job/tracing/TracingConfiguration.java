package io.baler.job.tracing;

import io.baler.job.LoggedExport;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the making of spans; Spring Boot wires how they are sent, as far as {@link TracingFilter} lets it. */
@Configuration(proxyBeanMethods = false)
@Import(TracingConfiguration.Sending.class)
public class TracingConfiguration {
    @Bean
    Traces traces(ObjectProvider<OpenTelemetry> telemetry) {
        var on = telemetry.getIfAvailable();
        return on == null ? Traces.NONE : new Traces(on);
    }

    /** Where a collector is set. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(CollectorIsSet.class)
    static class Sending {
        /** The names that lines of the log have for them. */
        @Bean
        Slf4JEventListener loggedTrace() {
            return new Slf4JEventListener(LoggedExport.TRACE, LoggedExport.SPAN);
        }

        @Bean
        SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
            return SpanExporters.of(exporters
                    .orderedStream()
                    .<SpanExporter>map(CollectorLog::new)
                    .toList());
        }
    }
}
