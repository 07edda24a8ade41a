package io.baler.worker.chaos;

import io.baler.job.ArchiveFormat;
import io.baler.job.ExportJob;
import io.baler.worker.Effort;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whenever a worker is killed, its export ends as if nothing had happened, whatever its format. */
@ExtendWith(SharedStage.class)
class KillsTest {
    private static final long SEED = Long.getLong("baler.seed", System.nanoTime());
    private static final Figures figures = new Figures("KillsTest (-Dbaler.seed=" + SEED + ")");

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
        return IntStream.rangeClosed(1, Effort.of(5, 200));
    }

    @ParameterizedTest(name = "kill {0}")
    @MethodSource("runs")
    void anExportDoesNotNoticeThatItsWorkerWasKilled(int run) {
        var random = new SplittableRandom(SEED + run);
        workers.awaitReady(2);

        // each format in turn
        var format = ArchiveFormat.values()[run % ArchiveFormat.values().length];
        try (var export = stage.request(format)) {
            Moment.of(random, undisturbed).await(export::now);
            var atDeath = export.now();
            workers.holderOf(atDeath).orElseGet(() -> workers.any(random)).kill();

            var job = export.awaitEnd();
            var left = export.assertUndamaged();
            figures.count("kills");
            figures.count(phase(atDeath));
            figures.count("takeovers", job.epoch() - 1);
            figures.count("orphaned uploads", left.orphans());
            figures.longest("without a worker", left.alone());
        }
    }

    private static String phase(ExportJob atDeath) {
        return switch (atDeath.status()) {
            case QUEUED -> "before the claim";
            case EXPORTING -> exporting(atDeath.checkpoint().seq());
            case UPLOADING -> "before the completion";
            default -> "behind the end";
        };
    }

    private static String exporting(int parts) {
        if (parts == 0) {
            return "before the first part";
        }
        return parts == undisturbed.parts() - 1 ? "in the last part" : "between parts";
    }
}
