package io.baler.cleanup;

import io.baler.job.JobQueries;
import io.baler.job.JobStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * How it stands with all jobs, as MongoDB has it: {@code baler.exports} by {@code status},
 * {@code baler.exports.waiting.longest} in seconds, and {@code baler.dead.letters} that are kept. Each replica tells the
 * same, so they are not to be added.
 *
 * <p>They are asked for every 15 seconds and not at each scrape: a scrape would wait for a server that is away, and the
 * collector would miss all other metrics as well just then. What could not be asked last is not a number.
 */
final class JobGauges implements MeterBinder, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JobGauges.class);

    /** All but tombstones. */
    private static final Set<JobStatus> TOLD = EnumSet.complementOf(EnumSet.of(JobStatus.DELETED));

    private static final long EVERY_SECONDS = 15;

    private final JobQueries jobs;
    private final DeadLetterCount deadLetters;
    private final Clock clock;
    private final Map<JobStatus, Double> counts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "job-gauges"));
    private volatile double longestWait = Double.NaN;
    private volatile double letters = Double.NaN;
    private volatile boolean running;

    JobGauges(JobQueries jobs, DeadLetterCount deadLetters, Clock clock) {
        this.jobs = jobs;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var status : TOLD) {
            Gauge.builder("baler.exports", () -> counts.getOrDefault(status, Double.NaN))
                    .tag("status", status.value())
                    .register(registry);
        }
        Gauge.builder("baler.exports.waiting.longest", () -> longestWait)
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("baler.dead.letters", () -> letters).register(registry);
    }

    private void look() {
        TOLD.forEach(status -> counts.put(status, asked(() -> jobs.count(status))));
        longestWait = asked(this::waited);
        letters = asked(deadLetters::count);
    }

    private double waited() {
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

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // look() never throws, so the task never ends
    public void start() {
        timer.scheduleWithFixedDelay(this::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
