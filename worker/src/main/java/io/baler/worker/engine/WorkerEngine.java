package io.baler.worker.engine;

import io.baler.job.Claim;
import io.baler.job.JobStore;
import io.baler.job.RetentionSettings;
import io.baler.job.source.LogDatabase;
import io.baler.job.source.SourceSettings;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import io.baler.job.tracing.Traces;
import io.baler.worker.signing.SigningKey;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * The engine that the worker runs, of the same parts and put together by the same {@link EngineConfiguration}, for a
 * program that is no service: without Spring around it, without dispatch, without Kafka.
 */
public final class WorkerEngine implements AutoCloseable {
    private final Machine machine;
    private final ExportRunner runner;
    private final List<ExecutorService> threads;

    /** What an export is read from, written to and recorded in; not closed with the engine. */
    public record Servers(JobStore jobs, LogDatabase logs, ExportBucket bucket, ArchiveKeys keys) {}

    /** As of a worker. */
    public record Settings(
            WorkerSettings worker,
            MemorySettings memory,
            ArchiveSettings archive,
            RetentionSettings retention,
            SourceSettings source) {}

    public WorkerEngine(Servers servers, Settings settings, SigningKey key) {
        var wiring = new EngineConfiguration();
        machine = wiring.machine();
        var compression = wiring.compressionThreads();
        var renewals = wiring.leaseRenewals(machine, settings.worker());
        var fences = wiring.leaseFences(machine);
        var around = wiring.surroundings(
                settings.archive(), settings.retention(), settings.source(), Clock.systemUTC(), machine, Traces.NONE);
        var engine = wiring.exportEngine(
                servers.jobs(),
                servers.logs(),
                wiring.archives(compression, settings.memory(), key),
                wiring.storage(servers.bucket(), servers.keys()),
                around,
                wiring.readPace(new ReadSettings(null)));
        runner = wiring.exportRunner(
                servers.jobs(),
                engine,
                new ExportListener() {},
                settings.worker(),
                wiring.leaseTimers(renewals, fences, machine));
        threads = List.of(compression, renewals, fences);
    }

    /** Runs the export on this thread to whatever end it has, which the job then tells. */
    public void run(Claim claim) {
        var signal = new StopSignal(Thread.currentThread(), machine);
        runner.run(new ActiveExport(claim, machine.nanoTime(), signal));
    }

    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdownNow);
    }
}
