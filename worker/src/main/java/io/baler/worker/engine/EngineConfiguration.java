package io.baler.worker.engine;

import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.job.RetentionSettings;
import io.baler.job.events.ExportEvents;
import io.baler.job.source.LogDatabase;
import io.baler.job.source.SourceSettings;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import io.baler.job.tracing.Traces;
import io.baler.worker.archive.CompressionThreads;
import io.baler.worker.signing.SigningKey;
import io.baler.worker.source.LogSource;
import io.baler.worker.source.ReadPace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the engine. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MemorySettings.class, ReadSettings.class})
public class EngineConfiguration {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Bean
    Machine machine() {
        return Machine.real();
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService compressionThreads() {
        return Executors.newFixedThreadPool(CORES, task -> {
            var thread = new Thread(task, "compress");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService leaseRenewals(Machine machine, WorkerSettings settings) {
        return machine.timer("lease", settings.slots());
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService leaseFences(Machine machine) {
        return machine.timer("fence", 1);
    }

    @Bean
    ExportEngine exportEngine(
            JobStore jobs,
            LogDatabase logs,
            Archives archives,
            ExportEngine.Storage storage,
            ExportEngine.Surroundings around,
            ReadPace pace) {
        return new ExportEngine(jobs, new LogSource(logs, pace), archives, storage, around);
    }

    @Bean
    ReadPace readPace(ReadSettings settings) {
        return new ReadPace(settings.maxRecordsPerSecond());
    }

    @Bean
    Archives archives(@Qualifier("compressionThreads") ExecutorService threads, MemorySettings memory, SigningKey key) {
        // one file more than threads: while one is written into the archive, all of them stay busy
        return new Archives(new CompressionThreads(threads, CORES + 1, memory.forArchive()), key);
    }

    @Bean
    ExportEngine.Storage storage(ExportBucket bucket, ArchiveKeys keys) {
        return new ExportEngine.Storage(bucket, keys);
    }

    @Bean
    ExportEngine.Surroundings surroundings(
            ArchiveSettings archive,
            RetentionSettings retention,
            SourceSettings source,
            Clock clock,
            Machine machine,
            Traces traces) {
        return new ExportEngine.Surroundings(archive.engines(), retention, source.settle(), clock, machine, traces);
    }

    @Bean
    LeaseKeeper.Timers leaseTimers(
            @Qualifier("leaseRenewals") ScheduledExecutorService renewals,
            @Qualifier("leaseFences") ScheduledExecutorService fences,
            Machine machine) {
        return new LeaseKeeper.Timers(renewals, fences, machine);
    }

    @Bean
    WorkerMetrics workerMetrics(ObjectProvider<MeterRegistry> registries, WorkerSettings settings, Clock clock) {
        return new WorkerMetrics(registries.getIfAvailable(SimpleMeterRegistry::new), settings, clock);
    }

    @Bean
    ExportListener exportListener(ExportEvents events, WorkerMetrics metrics, Traces traces) {
        ExportListener announcing = new ExportListener() {
            @Override
            public void ended(ExportJob job) {
                events.finished(job);
            }
        };
        return ExportListener.all(List.of(new ExportTraces(traces), announcing, metrics));
    }

    @Bean
    ExportRunner exportRunner(
            JobStore jobs,
            ExportEngine engine,
            @Qualifier("exportListener") ExportListener exportListener,
            WorkerSettings settings,
            LeaseKeeper.Timers timers) {
        var limits = new ExportRunner.Limits(settings.lease(), settings.maxAttempts());
        return new ExportRunner(jobs, engine, exportListener, limits, timers);
    }
}
