package io.baler.cleanup;

import io.baler.job.JobQueries;
import io.baler.job.JobStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How it stands with all jobs, as MongoDB has it: {@code baler.exports} by {@code status},
 * {@code baler.exports.waiting.longest} in seconds, and {@code baler.dead.letters} that are kept. Each replica tells the
 * same, so they are not to be added. What cannot be asked is not a number.
 */
final class JobGauges implements MeterBinder {
    private static final Logger log = LoggerFactory.getLogger(JobGauges.class);

    private final JobQueries jobs;
    private final DeadLetterCount deadLetters;
    private final Clock clock;

    JobGauges(JobQueries jobs, DeadLetterCount deadLetters, Clock clock) {
        this.jobs = jobs;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var status : EnumSet.complementOf(EnumSet.of(JobStatus.DELETED))) {
            Gauge.builder("baler.exports", () -> asked(() -> jobs.count(status)))
                    .tag("status", status.value())
                    .register(registry);
        }
        Gauge.builder("baler.exports.waiting.longest", () -> asked(this::longestWait))
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("baler.dead.letters", () -> asked(deadLetters::count)).register(registry);
    }

    private double longestWait() {
        return jobs.waitingSince()
                .map(since -> Duration.between(since, clock.instant()).toMillis() / 1_000.0)
                // the database's clock may be ahead
                .map(seconds -> Math.max(0, seconds))
                .orElse(0.0);
    }

    private static double asked(DoubleSupplier question) {
        try {
            return question.getAsDouble();
        } catch (RuntimeException unanswered) {
            log.debug("Nothing to be had for a metric", unanswered);
            return Double.NaN;
        }
    }
}
