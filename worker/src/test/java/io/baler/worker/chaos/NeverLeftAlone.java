package io.baler.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.worker.chaos.JobHistory.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * While there are workers, no live job is without one for longer than three leases.
 *
 * @param seen what the job looked like, from its creation to its end
 */
record NeverLeftAlone(List<Seen> seen, Duration lease) {

    /** Returns the longest time without a worker. */
    Duration holds() {
        var longest = Duration.ZERO;
        for (int i = 1; i < seen.size(); i++) {
            var alone = alone(seen.get(i - 1), seen.get(i).at());
            longest = alone.compareTo(longest) > 0 ? alone : longest;
        }
        assertThat(longest).as("time without a worker").isLessThan(lease.multipliedBy(3));
        return longest;
    }

    /** How long nobody held the job while it looked like this. */
    private Duration alone(Seen job, Instant until) {
        if (!job.job().status().isLive()) {
            return Duration.ZERO;
        }
        var holder = job.job().lease();
        var since = holder == null ? job.at() : holder.renewedAt().plus(lease);
        return since.isBefore(until) ? Duration.between(since, until) : Duration.ZERO;
    }
}
