package io.baler.worker.engine;

import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.job.RetentionSettings;
import io.baler.job.events.ExportEvents;
import io.baler.job.source.LogDatabase;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import io.baler.job.tracing.Traces;
import io.baler.worker.archive.CompressionThreads;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.format.Format;
import io.baler.worker.signing.TestKey;
import io.baler.worker.source.LogSource;
import io.baler.worker.source.ReadPace;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What an engine is made of, put together as the worker does it, on a machine of the test's. */
public record EngineParts(JobStore jobs, LogDatabase logs, ExportBucket bucket, ArchiveKeys keys, ExportEvents events) {

    /** @param limits may have parts of any size */
    public ExportRunner runner(Format.Limits limits, WorkerSettings settings, Clock clock, Machine machine) {
        var engines = new Engines(
                DeflateLibrary.fastest(),
                format -> Format.defaultLevel(format, DeflateLibrary.fastest()),
                limits,
                List.of());
        var retention = new RetentionSettings(Duration.ofHours(24), Duration.ofDays(3), Duration.ofDays(7));
        var exports = new ExportEngine(
                jobs,
                new LogSource(logs, new ReadPace(null)),
                new Archives(new CompressionThreads(Runnable::run, 1), TestKey.KEY),
                new ExportEngine.Storage(bucket, keys),
                new ExportEngine.Surroundings(engines, retention, Duration.ZERO, clock, machine, Traces.NONE));
        return new ExportRunner(
                jobs,
                exports,
                new ExportListener() {
                    @Override
                    public void ended(ExportJob job) {
                        events.finished(job);
                    }
                },
                new ExportRunner.Limits(settings.lease(), settings.maxAttempts()),
                new LeaseKeeper.Timers(machine.timer("lease", 1), machine.timer("fence", 1), machine));
    }
}
