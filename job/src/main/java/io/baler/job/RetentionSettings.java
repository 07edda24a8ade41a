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

    /**
     * Refuses to let exports expire before what each of them may have to wait for.
     *
     * @param setting what decides how long that is
     * @param why the two contradict each other
     */
    public void requireTimeFor(String setting, Duration wait, String why) {
        if (jobExpiration.compareTo(wait) <= 0) {
            throw new IllegalArgumentException("baler.job-expiration: must be longer than " + setting + ", which is "
                    + wait + ", got " + jobExpiration + ": " + why + "; lengthen the one or shorten the other");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": must be longer than zero, got " + value);
        }
    }
}
