package io.baler.job.tracing;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Nothing is traced unless an operator has said where the spans go. */
final class CollectorIsSet implements Condition {
    private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    static boolean in(Environment environment) {
        return !environment.getProperty(ENDPOINT, "").isBlank();
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return in(context.getEnvironment());
    }
}
