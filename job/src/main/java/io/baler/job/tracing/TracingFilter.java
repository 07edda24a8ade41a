package io.baler.job.tracing;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Lets in what sends spans, and only where a collector is set: without one, nothing of it is even looked at. What makes
 * spans of Spring's observations stays out in any case, for those quote the messages of exceptions, and messages name
 * what somebody asked for.
 */
final class TracingFilter implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final String SDK = "org.springframework.boot.opentelemetry.";
    private static final String TRACING = "org.springframework.boot.micrometer.tracing.";
    private static final Set<String> SENDING = Set.of(
            SDK + "autoconfigure.OpenTelemetrySdkAutoConfiguration",
            TRACING + "opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            TRACING + "opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration");

    private boolean on;

    @Override
    public void setEnvironment(Environment environment) {
        on = CollectorIsSet.in(environment);
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        var matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < matches.length; i++) {
            var name = autoConfigurations[i];
            matches[i] = name == null || !isAboutTracing(name) || (on && SENDING.contains(name));
        }
        return matches;
    }

    /** Spring also asks for the classes that one of those imports, which come in with it. */
    private static boolean isAboutTracing(String name) {
        return name.endsWith("AutoConfiguration") && (name.startsWith(SDK) || name.startsWith(TRACING));
    }
}
