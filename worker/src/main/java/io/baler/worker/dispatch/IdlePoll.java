package io.baler.worker.dispatch;

import io.baler.job.OutageLog;
import io.baler.worker.engine.WorkerSettings;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Idle slots look into MongoDB by themselves: that finds the jobs of dead workers, those whose message was lost, and
 * those that wait behind a busy worker.
 */
final class IdlePoll implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(IdlePoll.class);

    private final Slots slots;
    private final WorkerSettings settings;
    private final OutageLog mongoAway = new OutageLog(
            log, "MongoDB did not say whether jobs wait ({}); asking again", "MongoDB says again whether jobs wait");
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "idle-poll"));
    private volatile boolean running;

    IdlePoll(Slots slots, WorkerSettings settings) {
        this.slots = slots;
        this.settings = settings;
    }

    private void look() {
        try {
            while (slots.startOldest()) {
                // as long as there are waiting jobs and free slots
            }
            mongoAway.answered();
        } catch (RuntimeException unanswered) {
            // a look that is interrupted by the stop is no absence
            if (running) {
                mongoAway.failed(unanswered.getClass().getSimpleName());
            }
        } catch (Error serious) {
            // thrown on, it would end the poll for good, and with it the recovery of dead workers' jobs
            log.error("Looking for waiting jobs failed; looking again", serious);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // look() never throws, so the task never ends
    public void start() {
        var millis = settings.poll().toMillis();
        timer.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
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
