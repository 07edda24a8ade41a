package io.baler.job.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Names the setting that chose a port which is taken. Spring's own analyzer, which this one precedes, tells the number. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PortTakenAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {
    private final Environment environment;

    PortTakenAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
        var isCallers = environment.getProperty("server.port", Integer.class, 8080) == cause.getPort();
        var what = isCallers
                ? "server.port (SERVER_PORT): port %d, for callers, is taken. Stop what listens there, or choose another"
                        + " one; 0 takes any that is free."
                : "management.server.port (MANAGEMENT_SERVER_PORT): port %d, for health and metrics, is taken. Stop what"
                        + " listens there, or choose another one, for each service on a host has its own; 0 takes any that"
                        + " is free, -1 none.";
        return new FailureAnalysis(what.formatted(cause.getPort()), null, cause);
    }
}
