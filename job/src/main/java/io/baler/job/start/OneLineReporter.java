package io.baler.job.start;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says in one line why the service cannot start; the stack trace is there at level debug. */
final class OneLineReporter implements FailureAnalysisReporter {
    private static final Logger log = LoggerFactory.getLogger(OneLineReporter.class);

    @Override
    public void report(FailureAnalysis analysis) {
        var action = analysis.getAction() == null ? "" : " " + analysis.getAction();
        var line = (analysis.getDescription() + action).replaceAll("\\s+", " ").strip();
        log.error("Cannot start: {}", line);
        log.debug("Cause of the failed start", analysis.getCause());
    }
}
