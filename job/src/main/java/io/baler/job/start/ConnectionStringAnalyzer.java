package io.baler.job.start;

import com.mongodb.ConnectionString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says what to look at where a MongoDB connection string cannot be read. The driver's own words are for nobody: of
 * {@code mongodb://ann:pass/word@host} they name the password as the host or the port.
 */
// Spring's own, which also knows failed bindings, shows values: those may be secrets
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConnectionStringAnalyzer extends AbstractFailureAnalyzer<IllegalArgumentException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalArgumentException cause) {
        if (!comesFromTheDriver(cause)) {
            return null;
        }
        var failed = new StartFailed(
                "spring.mongodb.uri or baler.source.uri is no connection string: mongodb://user:password@host:port/database"
                        + " is one, with : / ? # [ ] @ % in user and password percent-encoded.",
                null);
        return new FailureAnalysis(String.valueOf(failed.getMessage()), null, failed);
    }

    private static boolean comesFromTheDriver(IllegalArgumentException cause) {
        return Arrays.stream(cause.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(ConnectionString.class.getName()));
    }
}
