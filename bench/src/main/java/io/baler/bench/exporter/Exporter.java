package io.baler.bench.exporter;

import com.mongodb.client.MongoClients;
import io.baler.bench.Task;
import io.baler.job.ArchiveFormat;
import io.baler.job.Claim;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.JobStatus;
import io.baler.job.JobStore;
import io.baler.job.LogFilters;
import io.baler.job.NewJob;
import io.baler.job.Selection;
import io.baler.worker.engine.WorkerEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Makes the exports that it is told to and ends: what it takes from its start to its end is what the benchmark measures.
 * The jobs are created, claimed, committed and completed as a worker does it.
 */
public final class Exporter {
    private final WorkerEngine engine;
    private final JobStore jobs;
    private final Task task;

    private Exporter(WorkerEngine engine, JobStore jobs, Task task) {
        this.engine = engine;
        this.jobs = jobs;
        this.task = task;
    }

    public static void main(String[] arguments) throws InterruptedException {
        var task = Task.ofEnvironment(System.getenv());
        var parts = ExporterParts.connect(MongoClients.create(ExporterParts.majority(task.jobs())), task);
        new Exporter(parts.engine(), parts.jobs(), task).run();
        // nothing is closed: a worker does not end with an export, and the SDK takes two seconds for it
        System.exit(0);
    }

    private void run() throws InterruptedException {
        List<Claim> claims = new ArrayList<>();
        IntStream.range(0, task.atOnce()).forEach(n -> claims.add(claim(n)));
        long begun = System.nanoTime();
        var threads = claims.stream().map(this::start).toList();
        for (var thread : threads) {
            thread.join();
        }
        long nanos = System.nanoTime() - begun;
        var ended = claims.stream()
                .map(claim -> jobs.find(claim.jobId()).orElseThrow())
                .toList();
        for (var job : ended) {
            requireCompleted(job);
        }
        Ending.of(ended, nanos).print(System.out);
    }

    private Claim claim(int n) {
        var source = task.source();
        var selection = new Selection(null, source.database(), source.collection(), "user", "action", "createdAt");
        // of no request by a person, so of no filters that could be hashed
        var hash = "0".repeat(64);
        var format = ArchiveFormat.named(task.format())
                .orElseThrow(() -> new IllegalArgumentException("there is no format " + task.format()));
        // always the same, since it is in the names of the archive's files
        var id = String.format(Locale.ROOT, "%024x", n);
        var creation = jobs.create(new NewJob(id, "requester-" + n, LogFilters.NONE, selection, hash, format, null));
        if (!(creation instanceof Creation.Created)) {
            throw new IllegalStateException("the job could not be created: " + creation);
        }
        return jobs.claim(id, "bench", Duration.ofSeconds(10)).orElseThrow();
    }

    private Thread start(Claim claim) {
        var thread = new Thread(() -> engine.run(claim), "export");
        thread.start();
        return thread;
    }

    private static void requireCompleted(ExportJob job) {
        if (job.status() != JobStatus.COMPLETED || job.attachment() == null) {
            var failure = job.failure();
            throw new IllegalStateException("the export ended as " + job.status() + ": "
                    + (failure == null ? "nothing matched" : Objects.requireNonNull(failure.message())));
        }
    }
}
