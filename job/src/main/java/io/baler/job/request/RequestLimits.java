package io.baler.job.request;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one request may ask for. To be set alike for all services: each keeps to its own.
 *
 * @param names values of one list
 * @param longestRange from the first to the last moment; none = any, an open one included
 */
@ConfigurationProperties("baler.limits")
record RequestLimits(
        @DefaultValue("10000") int names, @Nullable Duration longestRange) {
    /** A job holds its names twice, as asked for and as resolved, in one document of at most 16 MB. */
    private static final int MOST_NAMES = 50_000;

    RequestLimits {
        if (names < 1 || names > MOST_NAMES) {
            throw new IllegalArgumentException(
                    "baler.limits.names: must be from 1 to " + MOST_NAMES + ", got " + names);
        }
        if (longestRange != null && (longestRange.isNegative() || longestRange.isZero())) {
            throw new IllegalArgumentException(
                    "baler.limits.longest-range: must be longer than zero, got " + longestRange);
        }
    }
}
