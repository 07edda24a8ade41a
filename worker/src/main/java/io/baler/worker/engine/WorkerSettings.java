package io.baler.worker.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How one worker works.
 *
 * @param slots exports at a time
 * @param lease how long a claim lasts without a renewal; a dead worker's export goes on elsewhere after it. 1s to 5m, and
 *     shorter than {@code baler.job-expiration}
 * @param poll how often an idle slot looks into MongoDB for a job that Kafka did not bring, or whose worker is dead
 * @param maxAttempts claims and tries without progress after which an export fails
 */
@ConfigurationProperties("baler.worker")
public record WorkerSettings(
        @DefaultValue("2") int slots,
        @DefaultValue("10s") Duration lease,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("5") int maxAttempts) {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    /** The cleanup takes what has not been touched for twice as long for left behind. */
    private static final Duration LONGEST_LEASE = Duration.ofMinutes(5);

    public WorkerSettings {
        require(slots >= 1, "baler.worker.slots: must be at least 1, got " + slots);
        require(
                lease.compareTo(SHORTEST_LEASE) >= 0 && lease.compareTo(LONGEST_LEASE) <= 0,
                "baler.worker.lease: must be from 1s to 5m, got " + lease);
        require(poll.toMillis() >= 10, "baler.worker.poll: must be at least 10ms, got " + poll);
        require(maxAttempts >= 1, "baler.worker.max-attempts: must be at least 1, got " + maxAttempts);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** How long a job may wait for Kafka's bell before idle workers take it as unheard. */
    public Duration grace() {
        return poll.multipliedBy(2);
    }
}
