package io.baler.cleanup;

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

    private final List<Sweep> sweeps;
    private final CleanupSettings settings;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sweeps"));
    private volatile boolean running;

    Rounds(List<Sweep> sweeps, CleanupSettings settings) {
        this.sweeps = sweeps;
        this.settings = settings;
    }

    void runOnce() {
        for (var sweep : sweeps) {
            try {
                var swept = sweep.run();
                if (swept > 0) {
                    log.info("Swept {}: {}", sweep.name(), swept);
                }
            } catch (RuntimeException failed) {
                log.warn(
                        "Sweep '{}' failed and is tried again in the next round ({})", sweep.name(), failed.toString());
            }
        }
    }

    private void runAndSchedule() {
        try {
            runOnce();
        } finally {
            if (running) {
                scheduleNext();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // every round schedules the next and never throws
    private void scheduleNext() {
        var millis = settings.interval().toMillis();
        var jitter = ThreadLocalRandom.current().nextLong(millis / 10 + 1);
        timer.schedule(this::runAndSchedule, millis + jitter, TimeUnit.MILLISECONDS);
    }

    @Override
    public void start() {
        running = true;
        scheduleNext();
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
