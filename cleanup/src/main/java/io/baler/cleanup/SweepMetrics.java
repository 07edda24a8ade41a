package io.baler.cleanup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the sweeps do, for those who watch them: {@code baler.cleanup.swept} and {@code baler.cleanup.failed} count jobs
 * and orphans, {@code baler.cleanup.broken} sweeps that could not look at all, each by {@code sweep};
 * {@code baler.cleanup.sweep} is how long each took; {@code baler.cleanup.last.round} is when a round ended last, in
 * seconds since 1970.
 */
final class SweepMetrics {
    private static final String PREFIX = "baler.cleanup.";

    private final MeterRegistry registry;
    private final Clock clock;
    private final AtomicLong lastRound = new AtomicLong();

    SweepMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        TimeGauge.builder(PREFIX + "last.round", lastRound, TimeUnit.MILLISECONDS, AtomicLong::doubleValue)
                .register(registry);
    }

    Timer.Sample begin() {
        return Timer.start(registry);
    }

    void ended(Sweep sweep, Round round, Timer.Sample sample) {
        registry.counter(PREFIX + "swept", "sweep", sweep.name()).increment(round.swept());
        registry.counter(PREFIX + "failed", "sweep", sweep.name()).increment(round.failed());
        sample.stop(registry.timer(PREFIX + "sweep", "sweep", sweep.name()));
    }

    void broke(Sweep sweep) {
        registry.counter(PREFIX + "broken", "sweep", sweep.name()).increment();
    }

    void roundEnded() {
        lastRound.set(clock.millis());
    }
}
