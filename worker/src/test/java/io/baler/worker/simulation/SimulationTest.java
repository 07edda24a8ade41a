package io.baler.worker.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.baler.worker.Effort;
import io.baler.worker.guarantee.SameBytesAsUndisturbed;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The real engine, slots and job store on simulated machines: processes crash before and behind every call, stall and
 * come back as zombies, calls get lost, late or slow, messages doubled and overtaken, clocks are wrong, and people
 * restart, cancel and resume in between. Whatever the schedule, the archive is the undisturbed one, or there is none.
 *
 * <p>{@code -Dbaler.seed=N} runs the schedule of that seed alone, {@code N-M} several; {@code -Dbaler.effort=long} runs 10,000 of them;
 * {@code -Dbaler.faults=true} prints how often each call met each fault.
 */
class SimulationTest {
    private static final int LANES = Runtime.getRuntime().availableProcessors();
    private static final Logger BALER = (Logger) LoggerFactory.getLogger("io.baler");

    private final Map<Shape, String> undisturbed = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> ends = new ConcurrentHashMap<>();

    @BeforeAll
    static void beQuiet() {
        // thousands of exports that are made to fail
        BALER.setLevel(System.getProperty("baler.seed", "-").contains("-") ? Level.OFF : Level.INFO);
    }

    @AfterAll
    static void beHeardAgain() {
        BALER.setLevel(null);
    }

    @Test
    void whateverTheScheduleTheArchiveIsTheUndisturbedOne() throws Exception {
        var seeds = System.getProperty("baler.seed", "1-" + Effort.of(1_000, 10_000))
                .split("-", -1);
        var first = Long.parseLong(seeds[0]);
        var last = Long.parseLong(seeds[seeds.length - 1]);
        var began = System.nanoTime();
        var next = new AtomicLong(first);
        var lanes = Executors.newFixedThreadPool(LANES);
        try {
            var runs = new ArrayList<Callable<Void>>();
            for (int lane = 0; lane < LANES; lane++) {
                runs.add(() -> runAll(next, last));
            }
            for (var run : lanes.invokeAll(runs)) {
                run.get();
            }
        } finally {
            lanes.shutdownNow();
        }
        report(last - first + 1, System.nanoTime() - began);
    }

    private Void runAll(AtomicLong next, long last) {
        try (var lane = new Lane()) {
            for (var seed = next.getAndIncrement(); seed <= last; seed = next.getAndIncrement()) {
                try {
                    run(lane, seed);
                } catch (RuntimeException | Error failed) {
                    next.set(last + 1);
                    throw new AssertionError(
                            "schedule of seed " + seed + "; -Dbaler.seed=" + seed + " runs it again", failed);
                }
            }
            return null;
        }
    }

    private void run(Lane lane, long seed) {
        var simulation = Simulation.of(lane, seed);
        var outcome = simulation.run();
        ends.computeIfAbsent(outcome.job().status().value(), status -> new AtomicLong())
                .incrementAndGet();
        if (outcome.archive() != null) {
            new SameBytesAsUndisturbed(sha256Of(lane, simulation.shape())).holdsFor(outcome.job(), outcome.archive());
        }
    }

    private String sha256Of(Lane lane, Shape shape) {
        return undisturbed.computeIfAbsent(shape, of -> {
            var archive = Simulation.undisturbed(lane, of).run().archive();
            return java.util.Objects.requireNonNull(archive).sha256();
        });
    }

    private void report(long schedules, long nanos) {
        System.out.printf(
                "simulation: %,d schedules in %d s, %,d faults of %d kinds, ends %s%n",
                schedules,
                nanos / 1_000_000_000,
                Faults.INJECTED.values().stream()
                        .mapToLong(count -> count.sum())
                        .sum(),
                Faults.INJECTED.size(),
                new TreeMap<>(ends));
        if (Boolean.getBoolean("baler.faults")) {
            Faults.INJECTED.forEach((what, count) -> System.out.printf("%8d %s%n", count.sum(), what));
        }
    }
}
