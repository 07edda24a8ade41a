package io.baler.worker.chaos;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.baler.worker.Installation;
import io.baler.worker.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** Watches whether a worker that could work has nothing to do while jobs wait, and for how long at most. */
final class IdleWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 50;

    private final WorkerPool workers;
    private final MongoCollection<Document> jobs;
    private final Map<WorkerProcess, Long> idleSince = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private volatile Duration longest = Duration.ZERO;

    IdleWatch(Installation baler, WorkerPool workers) {
        this.workers = workers;
        this.jobs = baler.database().getCollection("exportJobs");
        timer.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        var holders = jobs.find(Filters.exists("lease.worker"))
                .projection(Projections.include("lease.worker"))
                .map(job -> job.get("lease", Document.class).getString("worker"))
                .into(new ArrayList<>());
        var waiting = jobs.countDocuments(Filters.eq("status", "queued")) > 0;
        var ready = waiting ? workers.ready() : List.<WorkerProcess>of();
        idleSince.keySet().retainAll(ready);
        for (var worker : ready) {
            if (holders.stream().anyMatch(worker::isNamed)) {
                idleSince.remove(worker);
            } else {
                var since = idleSince.computeIfAbsent(worker, first -> System.nanoTime());
                var idle = Duration.ofNanos(System.nanoTime() - since);
                longest = idle.compareTo(longest) > 0 ? idle : longest;
            }
        }
    }

    /** From when it was first seen idle while something waited to when it was seen at work, or nothing waited. */
    Duration longest() {
        return longest;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
