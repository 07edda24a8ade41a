package io.baler.job;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are wanted, newest first, and from where on.
 *
 * @param requestedBy whose; none = everybody's
 * @param statuses none = all but tombstones
 * @param from earliest creation, inclusive
 * @param to latest creation, inclusive
 * @param after the last one that is known already
 * @param limit of one page
 */
public record JobSearch(
        @Nullable String requestedBy,
        Set<JobStatus> statuses,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Position after,
        int limit) {

    public JobSearch {
        statuses = Set.copyOf(statuses);
    }

    /** A job's place in the order of lists, which no insertion or deletion moves. */
    public record Position(Instant createdAt, String id) {}
}
