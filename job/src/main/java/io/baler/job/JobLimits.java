package io.baler.job;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many exports there may be at once. To be set alike for all services: each keeps to its own.
 *
 * @param maxRunning exports that run in all workers together; none = as many as they have slots
 * @param limits of exports that wait or run
 */
@ConfigurationProperties("baler")
public record JobLimits(
        @Nullable Integer maxRunning, @DefaultValue Limits limits) {
    static final JobLimits NONE = new JobLimits(null, new Limits(Integer.MAX_VALUE, null));

    public JobLimits {
        if (maxRunning != null && maxRunning < 1) {
            throw new IllegalArgumentException("baler.max-running: must be at least 1, got " + maxRunning);
        }
    }

    /**
     * @param livePerRequester exports of one requester that wait or run
     * @param liveTotal exports of all requesters that wait or run; none = any number
     */
    public record Limits(
            @DefaultValue("5") int livePerRequester,
            @Nullable Integer liveTotal) {
        public Limits {
            if (livePerRequester < 1) {
                throw new IllegalArgumentException(
                        "baler.limits.live-per-requester: must be at least 1, got " + livePerRequester);
            }
            if (liveTotal != null && liveTotal < 1) {
                throw new IllegalArgumentException("baler.limits.live-total: must be at least 1, got " + liveTotal);
            }
        }
    }
}
