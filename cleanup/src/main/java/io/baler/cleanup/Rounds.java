package io.baler.cleanup;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs all sweeps, again and again; a sweep that fails is tried again in the next round. */
final class Rounds implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    /** So that many of one kind do not keep the others waiting. */
    private static final Duration LONGEST_SWEEP = Duration.ofMinutes(2);

    /** What there was no time for is not left until the next interval. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final List<Sweep> sweeps;
    private final CleanupSettings settings;
    private final SweepMetrics metrics;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sweeps"));
    private volatile boolean running;
    private volatile boolean stopped;

    Rounds(List<Sweep> sweeps, CleanupSettings settings, SweepMetrics metrics) {
        this.sweeps = sweeps;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Returns whether a sweep has left something for want of time. */
    boolean runOnce() {
        var more = false;
        for (var sweep : sweeps) {
            more |= run(sweep);
        }
        metrics.roundEnded();
        return more;
    }

    private boolean run(Sweep sweep) {
        var end = System.nanoTime() + LONGEST_SWEEP.toNanos();
        var round = new Round(sweep.name(), settings.dryRun(), () -> stopped || System.nanoTime() - end > 0);
        var time = metrics.begin();
        try {
            sweep.run(round);
        } catch (RuntimeException failed) {
            metrics.broke(sweep);
            log.warn("Sweep '{}' failed and is tried again in the next round ({})", sweep.name(), failed.toString());
        }
        metrics.ended(sweep, round, time);
        if (round.swept() > 0) {
            log.info(settings.dryRun() ? "Dry run: would sweep {}: {}" : "Swept {}: {}", sweep.name(), round.swept());
        }
        return round.isCut() && round.swept() > 0 && !settings.dryRun();
    }

    private void runAndSchedule() {
        var more = false;
        try {
            more = runOnce();
        } finally {
            if (running) {
                scheduleNext(more ? SOON : settings.interval());
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // every round schedules the next and never throws
    private void scheduleNext(Duration pause) {
        var millis = pause.toMillis();
        var jitter = ThreadLocalRandom.current().nextLong(millis / 10 + 1);
        timer.schedule(this::runAndSchedule, millis + jitter, TimeUnit.MILLISECONDS);
    }

    @Override
    public void start() {
        running = true;
        scheduleNext(settings.interval());
    }

    @Override
    public void stop() {
        running = false;
        stopped = true;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
