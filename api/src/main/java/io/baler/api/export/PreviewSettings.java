package io.baler.api.export;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much previews may ask of the logs' database.
 *
 * @param timeLimit for one of them
 * @param atOnce in one replica
 */
@ConfigurationProperties("baler.preview")
record PreviewSettings(
        @DefaultValue("5s") Duration timeLimit,
        @DefaultValue("2") int atOnce) {
    private static final Duration SHORTEST = Duration.ofMillis(10);

    PreviewSettings {
        if (timeLimit.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("baler.preview.time-limit: must be at least 10ms, got " + timeLimit);
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException("baler.preview.at-once: must be at least 1, got " + atOnce);
        }
    }
}
