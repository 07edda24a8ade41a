package io.baler.cleanup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often is swept.
 *
 * @param interval between two rounds; a random tenth is added, so that replicas do not sweep in step
 */
@ConfigurationProperties("baler.cleanup")
record CleanupSettings(@DefaultValue("10m") Duration interval) {
    CleanupSettings {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("baler.cleanup.interval: must be at least 1ms, got " + interval);
        }
    }
}
