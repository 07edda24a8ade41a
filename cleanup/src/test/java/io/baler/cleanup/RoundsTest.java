package io.baler.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class RoundsTest {
    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> treated = new ArrayList<>();

    @Test
    void neitherASweepThatFailsNorOneOfItsJobsStopsTheOthers(CapturedOutput output) {
        rounds(false, sweep("first", Stream.of("a", "bad", "c")), broken("second"), sweep("third", Stream.of("d")))
                .runOnce();

        assertThat(treated).containsExactly("a", "c", "d");
        assertThat(output)
                .contains("Sweep 'first': bad could not be swept", "Sweep 'second' failed and is tried again");
    }

    @Test
    void whatIsDoneIsCountedBySweep() {
        rounds(false, sweep("first", Stream.of("a", "bad", "c")), broken("second"))
                .runOnce();

        assertThat(count("swept", "first")).isEqualTo(2);
        assertThat(count("failed", "first")).isEqualTo(1);
        assertThat(count("swept", "second")).isZero();
        assertThat(count("broken", "second")).isEqualTo(1);
        assertThat(registry.get("baler.cleanup.sweep")
                        .tag("sweep", "first")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("baler.cleanup.last.round").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(NOW.getEpochSecond());
    }

    private double count(String what, String sweep) {
        return registry.get("baler.cleanup." + what)
                .tag("sweep", sweep)
                .counter()
                .count();
    }

    @Test
    void aDryRoundSaysWhatWouldGoAndTouchesNothing(CapturedOutput output) {
        var logger = (Logger) LoggerFactory.getLogger("io.baler.cleanup");
        logger.setLevel(Level.INFO);
        var more = rounds(true, sweep("first", Stream.of("a", "b"))).runOnce();
        logger.setLevel(null);

        assertThat(treated).isEmpty();
        assertThat(more).isFalse();
        assertThat(output).contains("would treat a", "would treat b", "would sweep first: 2");
    }

    @Test
    void aSweepThatHasHadItsTimeLeavesTheRestAndItsCursor() {
        var asked = new ArrayList<String>();
        var closed = new ArrayList<String>();
        var all = IntStream.iterate(0, n -> n + 1).mapToObj(String::valueOf).onClose(() -> closed.add("closed"));
        var round = new Round("endless", false, () -> asked.size() == 1_000);

        round.each(all, one -> one, one -> asked.add(one));

        assertThat(round.swept()).isEqualTo(1_000);
        assertThat(round.isCut()).isTrue();
        assertThat(closed).hasSize(1);
    }

    /** By the container, which starts what does not run yet, and nothing else. */
    @Test
    void roundsBeginByThemselves() {
        try (var context = new GenericApplicationContext()) {
            var rounds = new Rounds(
                    List.of(sweep("first", Stream.of("a"))),
                    new CleanupSettings(Duration.ofMillis(1), false, Duration.ZERO),
                    new SweepMetrics(registry, Clock.systemUTC()));
            context.registerBean(Rounds.class, () -> rounds);
            context.refresh();

            await().until(() -> registry.find("baler.cleanup.swept").counter() != null);
        }
    }

    private Rounds rounds(boolean dry, Sweep... sweeps) {
        var settings = new CleanupSettings(Duration.ofMinutes(1), dry, Duration.ZERO);
        return new Rounds(List.of(sweeps), settings, new SweepMetrics(registry, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private Sweep sweep(String name, Stream<String> found) {
        return new Sweep() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void run(Round round) {
                round.each(found, one -> one, one -> {
                    if (one.equals("bad")) {
                        throw new IllegalStateException("it does not go");
                    }
                    return treated.add(one);
                });
            }
        };
    }

    private static Sweep broken(String name) {
        return new Sweep() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void run(Round round) {
                throw new IllegalStateException("no look at all");
            }
        };
    }
}
