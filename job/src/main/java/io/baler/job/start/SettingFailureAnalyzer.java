package io.baler.job.start;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Our settings say themselves what is wrong with them: key, rule and value. */
final class SettingFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationPropertiesBindException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConfigurationPropertiesBindException cause) {
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof IllegalArgumentException
                    && String.valueOf(reason.getMessage()).startsWith("baler.")) {
                return new FailureAnalysis(String.valueOf(reason.getMessage()), null, cause);
            }
        }
        return null;
    }
}
