package io.baler.api.export;

import io.baler.job.JobStatus;
import io.baler.job.JobSummary;
import java.time.Duration;
import java.time.Instant;

/** How soon it is worth asking again about an export that has not ended. */
final class Pace {
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);
    /** Whoever keeps to it hears of the end this part of the export's duration late, at most. */
    private static final int PART = 10;

    private Pace() {}

    /** A part of the time that it has taken so far, and no longer than it may go on. */
    static Duration of(JobSummary job, Instant now) {
        var began = job.status() == JobStatus.QUEUED || job.startedAt() == null ? job.liveSince() : job.startedAt();
        var taken = Duration.between(began, now);
        var pause = taken.dividedBy(PART);
        var expected = job.expectedCount();
        if (expected != null && job.progress() > 0) {
            var left = Math.max(0, expected - job.progress());
            var remaining = Duration.ofMillis((long) (taken.toMillis() * (double) left / job.progress()));
            pause = min(pause, remaining);
        }
        return pause.compareTo(SHORTEST) < 0 ? SHORTEST : min(pause, LONGEST);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
