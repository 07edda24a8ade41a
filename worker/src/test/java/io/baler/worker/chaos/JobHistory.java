package io.baler.worker.chaos;

import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A job as somebody saw it who looked every few milliseconds. What was overwritten in between is not in it, but
 * numbers that only rise do so between any two looks.
 */
final class JobHistory implements AutoCloseable {
    private static final long LOOK_MILLIS = 3;

    private final JobStore jobs;
    private final String id;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService observer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "observer"));

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the observer
    JobHistory(JobStore jobs, String id) {
        this.jobs = jobs;
        this.id = id;
        look();
        observer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param at when the job was first seen like this */
    record Seen(Instant at, ExportJob job) {}

    private void look() {
        var job = jobs.find(id).orElseThrow();
        if (seen.isEmpty() || !job.equals(now())) {
            seen.add(new Seen(Instant.now(), job));
        }
    }

    /** The job as seen last. */
    ExportJob now() {
        return seen.get(seen.size() - 1).job();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    List<ExportJob> states() {
        return seen.stream().map(Seen::job).toList();
    }

    @Override
    public void close() {
        observer.shutdownNow();
    }
}
