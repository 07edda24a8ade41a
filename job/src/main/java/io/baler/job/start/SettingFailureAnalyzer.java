package io.baler.job.start;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Our settings say themselves what is wrong with them, alone or with one another: key, rule and value. Whether Spring
 * was binding them or a service compared them.
 */
// Spring's own, which also knows failed bindings, shows values: those may be secrets
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureAnalyzer implements FailureAnalyzer {
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable reason = failure; reason != null; reason = reason.getCause()) {
            if (reason instanceof IllegalArgumentException
                    && String.valueOf(reason.getMessage()).startsWith("baler.")) {
                return new FailureAnalysis(String.valueOf(reason.getMessage()), null, failure);
            }
        }
        return null;
    }
}
