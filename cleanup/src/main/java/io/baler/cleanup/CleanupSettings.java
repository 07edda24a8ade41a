package io.baler.cleanup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often is swept, and what.
 *
 * @param interval between two rounds; a random tenth is added, so that replicas do not sweep in step
 * @param dryRun says in the log what would go, and changes nothing
 * @param downloadGrace how long an archive stays behind the end of its download's period, for those who have begun to
 *     download it
 */
@ConfigurationProperties("baler.cleanup")
record CleanupSettings(
        @DefaultValue("10m") Duration interval,
        @DefaultValue("false") boolean dryRun,
        @DefaultValue("15m") Duration downloadGrace) {
    CleanupSettings {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("baler.cleanup.interval: must be at least 1ms, got " + interval);
        }
        if (downloadGrace.isNegative()) {
            throw new IllegalArgumentException(
                    "baler.cleanup.download-grace: must not be negative, got " + downloadGrace);
        }
    }
}
