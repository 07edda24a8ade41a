package io.baler.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.ExportJob;
import io.baler.worker.Effort;
import io.baler.worker.WorkerProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker that stood still while another took its export over changes nothing when it goes on. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGSTOP")
@ExtendWith(SharedStage.class)
class ZombiesTest {
    private static final long SEED = Long.getLong("baler.seed", System.nanoTime());
    private static final Duration LATEST_WAKING = Duration.ofMillis(2_500);
    private static final Figures figures = new Figures("ZombiesTest (-Dbaler.seed=" + SEED + ")");

    private static Stage stage;
    private static WorkerPool workers;
    private static Moment.Life undisturbed;

    @BeforeAll
    static void start(Stage shared) {
        stage = shared;
        workers = stage.workers();
        undisturbed = stage.undisturbedLife();
    }

    @AfterAll
    static void stop() {
        figures.print();
    }

    static IntStream runs() {
        return IntStream.rangeClosed(1, Effort.of(2, 50));
    }

    @ParameterizedTest(name = "zombie {0}")
    @MethodSource("runs")
    void whatAWorkerDoesThatHasLostItsExportHasNoEffect(int run) {
        var random = new SplittableRandom(SEED + run);
        workers.awaitReady(2);

        while (!losesItsExport(random)) {
            figures.count("that had just ended their export");
        }
    }

    /** False if the export was over when its worker was frozen. */
    private static boolean losesItsExport(RandomGenerator random) {
        try (var export = stage.request()) {
            Moment.of(random, undisturbed).await(export::now);
            var zombie = freezeHolder(export, random);
            var takenOver = awaitSuccessor(export, zombie);
            Moment.within(LATEST_WAKING, random).await(export::now);
            zombie.thaw();

            var job = export.awaitEnd();
            takenOver.ifPresent(then -> assertNothingComesOf(zombie, then, export));
            var left = export.assertUndamaged();
            figures.count("orphaned uploads", left.orphans());
            figures.longest("without a worker", left.alone());
            takenOver.ifPresent(then -> figures.count("takeovers", 1));
            takenOver.ifPresent(then -> figures.count("further takeovers", job.epoch() - then.epoch()));
            return takenOver.isPresent();
        }
    }

    /** Of the job, or of none if it has just ended. */
    private static WorkerProcess freezeHolder(DisturbedExport export, RandomGenerator random) {
        var held = export.await(job -> job.lease() != null || job.status().isFinished());
        var holder = workers.holderOf(held).orElseGet(() -> workers.any(random));
        holder.freeze();
        return holder;
    }

    /** The job as the other worker claimed it; none if it ended before. */
    private static Optional<ExportJob> awaitSuccessor(DisturbedExport export, WorkerProcess zombie) {
        var job = export.await(
                now -> now.status().isFinished() || now.lease() != null && !zombie.holds(now) && now.epoch() > 1);
        return Optional.of(job).filter(now -> now.lease() != null);
    }

    private static void assertNothingComesOf(WorkerProcess zombie, ExportJob takenOver, DisturbedExport export) {
        var ended = export.now();
        awaitReaction(zombie, ended.id());
        var now = export.now();
        assertThat(now.epoch()).isEqualTo(ended.epoch());
        assertThat(now.updatedAt()).isEqualTo(ended.updatedAt());
        assertThat(now.checkpoint()).isEqualTo(ended.checkpoint());
        assertThat(now.attachment()).isEqualTo(ended.attachment());
        var parts = now.checkpoint().parts();
        assertThat(parts.subList(takenOver.checkpoint().seq(), parts.size()))
                .as("parts behind the takeover in epoch %d", takenOver.epoch())
                .allMatch(part -> part.epoch() >= takenOver.epoch());
    }

    /** It finds out sooner or later, and says so. */
    private static void awaitReaction(WorkerProcess zombie, String id) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Stream.of("is in other hands", "was stopped", "completed")
                        .anyMatch(end -> zombie.hasSaid("Export " + id + " " + end)));
    }
}
