package io.baler.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long exports live.
 *
 * @param jobExpiration a live job older than this expires
 * @param downloadExpiration how long after its completion an archive can be downloaded
 * @param failedRetention how long failed, cancelled and expired jobs can be read about and failed ones resumed
 */
@ConfigurationProperties("baler")
public record RetentionSettings(
        @DefaultValue("24h") Duration jobExpiration,
        @DefaultValue("3d") Duration downloadExpiration,
        @DefaultValue("7d") Duration failedRetention) {

    public RetentionSettings {
        requirePositive("baler.job-expiration", jobExpiration);
        requirePositive("baler.download-expiration", downloadExpiration);
        requirePositive("baler.failed-retention", failedRetention);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": must be longer than zero, got " + value);
        }
    }
}
