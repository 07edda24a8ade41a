package io.baler.api.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one caller may send.
 *
 * @param requestsPerMinute calls of one requester that change something, over all replicas
 * @param bodySize of one request
 */
@ConfigurationProperties("baler.limits")
public record ApiLimits(
        @DefaultValue("600") int requestsPerMinute,
        @DefaultValue("1MB") DataSize bodySize) {
    /** A job holds what was asked for, and what it was resolved to, in one document of at most 16 MB. */
    private static final DataSize LARGEST = DataSize.ofMegabytes(4);

    public ApiLimits {
        if (requestsPerMinute < 1) {
            throw new IllegalArgumentException(
                    "baler.limits.requests-per-minute: must be at least 1, got " + requestsPerMinute);
        }
        if (bodySize.toBytes() < 1 || bodySize.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "baler.limits.body-size: must be from 1B to " + LARGEST.toMegabytes() + "MB, got " + bodySize);
        }
    }

    public int bodyBytes() {
        return (int) bodySize.toBytes();
    }
}
