package io.baler.api.export;

import static java.util.stream.Collectors.toMap;

import io.baler.api.stream.EventSettings;
import io.baler.api.stream.EventStream;
import io.baler.job.JobSummaries;
import io.baler.job.JobSummary;
import io.baler.job.OutageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells those who follow exports how these go on. MongoDB is asked one question at a time for all exports that are
 * followed, however many follow them.
 */
@Component
final class ExportWatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ExportWatch.class);

    private final JobSummaries jobs;
    private final ExportPolling polling;
    private final EventSettings settings;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "export-watch"));
    private volatile boolean running;
    private final OutageLog blind = new OutageLog(
            log,
            "Exports that are followed cannot be looked at ({}). Their streams stay open and go on when MongoDB answers",
            "Exports that are followed can be looked at again");

    ExportWatch(JobSummaries jobs, ExportPolling polling, EventSettings settings) {
        this.jobs = jobs;
        this.polling = polling;
        this.settings = settings;
    }

    /** How the export stands. */
    ExportEvent eventOf(JobSummary job) {
        return ExportEvent.of(job, polling.snapshot(job));
    }

    /** Tells at once how the export stands, unless that has been heard, and from then on whatever changes. */
    void follow(String id, ExportEvent now, EventStream stream, @Nullable String heard) {
        var follower = new Follower(stream, heard);
        if (follower.tell(now)) {
            watched.compute(id, (job, all) -> (all == null ? new Watched() : all).with(follower));
        }
    }

    /** Tells what has changed. One that is not there any more was deleted: its followers learn it when they come again. */
    void look() {
        var ids = Set.copyOf(watched.keySet());
        if (ids.isEmpty()) {
            return;
        }
        var found = jobs.find(ids).stream().collect(toMap(JobSummary::id, job -> job));
        ids.forEach(id -> watched.computeIfPresent(id, (job, all) -> all.told(found.get(id))));
    }

    private void lookAndGoOn() {
        try {
            look();
            blind.answered();
        } catch (RuntimeException unanswered) {
            // a look that is interrupted by the stop is no absence
            if (running) {
                blind.failed(unanswered.getClass().getSimpleName());
            }
        } catch (Error serious) {
            // thrown on, it would end the watch for good
            log.error("Looking at exports that are followed failed; looking again", serious);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // lookAndGoOn() never throws, so the task never ends
    public void start() {
        var millis = settings.poll().toMillis();
        timer.scheduleWithFixedDelay(this::lookAndGoOn, millis, millis, TimeUnit.MILLISECONDS);
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

    /** One export and its followers; only ever used inside the map's computations. */
    private final class Watched {
        private final List<Follower> followers = new ArrayList<>();
        private @Nullable ExportEvent last;

        Watched with(Follower follower) {
            followers.add(follower);
            return this;
        }

        /** None when nobody follows any more. */
        @Nullable
        Watched told(@Nullable JobSummary job) {
            if (job == null) {
                followers.forEach(Follower::end);
                return null;
            }
            var event = last != null && last.shows(ExportView.of(job)) ? last : eventOf(job);
            last = event;
            followers.removeIf(follower -> !follower.tell(event));
            return followers.isEmpty() ? null : this;
        }
    }
}
