package io.baler.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ExportJob;
import io.baler.worker.Effort;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker that is told to stop hands its export on before it ends: nobody waits for its lease to lapse. */
@ExtendWith(SharedStage.class)
class ShutdownTest {
    private static final Latencies claims = new Latencies("ShutdownTest, from the signal to the next worker's claim");
    private static final Latencies exits = new Latencies("ShutdownTest, from the signal to the end of the process");

    private static Stage stage;

    @BeforeAll
    static void start(Stage shared) {
        stage = shared;
    }

    @AfterAll
    static void stop() {
        claims.print();
        exits.print();
    }

    static IntStream runs() {
        return IntStream.rangeClosed(1, Effort.of(1, 20));
    }

    @ParameterizedTest(name = "shutdown {0}")
    @MethodSource("runs")
    void anExportGoesOnElsewhereWhileItsWorkerStops(int run) {
        while (!handsItsExportOn()) {
            // so little CPU that the worker lost its claim before the signal reached it
        }
    }

    private static boolean handsItsExportOn() {
        stage.workers().awaitReady(2);

        try (var export = stage.request()) {
            var atSignal = export.await(job -> job.checkpoint().seq() >= 1);
            var stopping = stage.workers().holderOf(atSignal).orElseThrow();
            var signalled = Instant.now();
            var exited = stopping.tellToStop().thenApply(process -> Instant.now());
            var claimed = export.await(job -> job.lease() != null && !stopping.holds(job));
            var exit = exited.join();
            export.awaitEnd();
            export.assertUndamaged();
            if (stopping.hasSaid("Export " + atSignal.id() + ": the lease could not be renewed in time")) {
                return false;
            }

            assertGivenBack(atSignal, claimed);
            claims.add(Duration.between(signalled, claimed.lease().renewedAt()));
            exits.add(Duration.between(signalled, exit));
            return true;
        }
    }

    private static void assertGivenBack(ExportJob atSignal, ExportJob claimed) {
        assertThat(claimed.epoch())
                .as("epoch: raised by giving back and by claiming")
                .isEqualTo(atSignal.epoch() + 2);
        assertThat(claimed.checkpoint().parts())
                .containsAll(atSignal.checkpoint().parts());
        assertThat(claimed.attempts()).as("giving back is no attempt").isLessThanOrEqualTo(1);
    }
}
