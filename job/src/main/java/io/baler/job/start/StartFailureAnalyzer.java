package io.baler.job.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets {@link OneLineReporter} say what a failed start's own message says. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<StartFailed> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartFailed cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
