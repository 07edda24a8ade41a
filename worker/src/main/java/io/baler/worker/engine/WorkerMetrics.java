package io.baler.worker.engine;

import io.baler.job.ExportJob;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this worker does, as meters under {@code baler.worker.}: {@code slots} and {@code running} exports;
 * {@code records} and {@code bytes} that have become durable; {@code checkpoint.age}, how long ago in seconds the
 * export made something durable that has waited longest for it; {@code takeovers} of what was begun before,
 * {@code claims.lost}, {@code retries} by {@code cause}, and {@code ended} by {@code outcome}. Nothing names an export
 * or a person.
 */
final class WorkerMetrics implements ExportListener {
    private static final String PREFIX = "baler.worker.";

    /** To which a worker itself brings an export; others are cancelled or expire elsewhere. */
    private static final List<String> OUTCOMES = List.of("completed", "no_results", "failed");

    private final MeterRegistry registry;
    private final Clock clock;

    /**
     * When each running export last made something durable, or began; by its thread, for a job that was lost and claimed
     * again may be here twice for a moment.
     */
    private final Map<Thread, Instant> progress = new ConcurrentHashMap<>();

    WorkerMetrics(MeterRegistry registry, WorkerSettings settings, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        Gauge.builder(PREFIX + "slots", settings::slots).register(registry);
        Gauge.builder(PREFIX + "running", progress::size).register(registry);
        Gauge.builder(PREFIX + "checkpoint.age", this::checkpointAge)
                .baseUnit("seconds")
                .register(registry);
        // there before the first of them, so that a rate has something to begin at
        registry.counter(PREFIX + "records");
        registry.counter(PREFIX + "bytes");
        registry.counter(PREFIX + "takeovers");
        registry.counter(PREFIX + "claims.lost");
        FailureWords.CODES.forEach(cause -> registry.counter(PREFIX + "retries", "cause", cause));
        OUTCOMES.forEach(outcome -> registry.counter(PREFIX + "ended", "outcome", outcome));
    }

    private double checkpointAge() {
        return progress.values().stream()
                .min(Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, clock.instant()).toMillis() / 1_000.0)
                .orElse(0.0);
    }

    @Override
    public void began(ExportJob claimed) {
        progress.put(Thread.currentThread(), clock.instant());
        if (claimed.wasBegunBefore()) {
            registry.counter(PREFIX + "takeovers").increment();
        }
    }

    @Override
    public void committed(ExportJob before, ExportJob after) {
        progress.put(Thread.currentThread(), clock.instant());
        var from = before.checkpoint();
        var to = after.checkpoint();
        registry.counter(PREFIX + "records").increment((double) (to.totalExportedCount() - from.totalExportedCount()));
        registry.counter(PREFIX + "bytes").increment((double) (to.bytes() - from.bytes()));
    }

    @Override
    public void triedAgain(ExportJob job, String cause) {
        registry.counter(PREFIX + "retries", "cause", cause).increment();
    }

    @Override
    public void lost(ExportJob job) {
        registry.counter(PREFIX + "claims.lost").increment();
    }

    @Override
    public void ended(ExportJob job) {
        registry.counter(PREFIX + "ended", "outcome", job.summary().outcome()).increment();
    }

    @Override
    public void left(ExportJob job) {
        progress.remove(Thread.currentThread());
    }
}
