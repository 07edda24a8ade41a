package io.baler.worker;

import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.Change;
import io.baler.job.ExportJob;
import io.baler.local.Cable;
import io.baler.worker.guarantee.EveryRecordOnce;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that goes away in the middle of an export costs time, and at worst an answer that says what is kept. */
@SuppressWarnings("try") // a process that is only there to work
class OutageTest {
    private static Installation baler;
    private static List<String> ids;
    private static Cable storage;
    private static Cable database;

    @BeforeAll
    static void start() {
        baler = new Installation();
        ids = LargeLogs.fill(baler.database(), 4_000);
        storage = Cable.to(baler.stack().s3().port());
        database = Cable.to(baler.stack().mongodb().port());
    }

    @AfterAll
    static void stop() {
        storage.close();
        database.close();
        baler.close();
    }

    @AfterEach
    void mend() {
        storage.mend();
        database.mend();
        baler.forgetJobs();
    }

    @Test
    void anExportOutlivesAnOutageOfTheStorage() {
        try (var worker = worker("--baler.worker.max-attempts=20")) {
            var id = baler.request("{'filters':{}}");
            await(id, job -> job.checkpoint().seq() >= 1);

            storage.cut();
            await(id, job -> job.attempts() >= 2);
            storage.mend();

            var job = baler.awaitEnd(id);
            assertThat(job.status()).as(String.valueOf(job.failure())).isEqualTo(COMPLETED);
            assertThat(job.gen()).isZero();
            new EveryRecordOnce(ids).holdsFor(baler.archiveOf(job));
        }
    }

    @Test
    void anExportThatFailedSaysWhatIsKeptAndResumesThere() {
        try (var worker = worker("--baler.worker.max-attempts=1")) {
            var id = baler.request("{'filters':{}}");
            await(id, job -> job.checkpoint().seq() >= 1);

            storage.cut();
            var failed = baler.awaitEnd(id);
            assertThat(failed.status()).isEqualTo(FAILED);
            assertThat(failed.failure().code()).isEqualTo("storage-unavailable");
            assertThat(failed.failure().message())
                    .contains(String.format(
                            "%,d records are kept", failed.checkpoint().totalExportedCount()));

            storage.mend();
            assertThat(baler.jobs().resume(id)).isInstanceOf(Change.Changed.class);
            var job = baler.awaitEnd(id);
            assertThat(job.status()).as(String.valueOf(job.failure())).isEqualTo(COMPLETED);
            assertThat(job.checkpoint().parts())
                    .startsWith(failed.checkpoint().parts().get(0));
            new EveryRecordOnce(ids).holdsFor(baler.archiveOf(job));
        }
    }

    @Test
    void aWorkerThatCannotRenewStopsAndTheExportGoesOnOnceTheDatabaseIsBack() {
        try (var worker = worker("--baler.worker.max-attempts=20")) {
            var id = baler.request("{'filters':{}}");
            await(id, job -> job.checkpoint().seq() >= 1);

            database.cut();
            await(
                    id,
                    job -> job.lease() != null
                            && job.lease().renewedAt().isBefore(Instant.now().minusSeconds(3)));
            database.mend();

            var job = baler.awaitEnd(id);
            assertThat(job.status()).as(String.valueOf(job.failure())).isEqualTo(COMPLETED);
            new EveryRecordOnce(ids).holdsFor(baler.archiveOf(job));
        }
    }

    @Test
    void anOutageOfTheDatabaseIsOneLineThatItBeginsAndOneThatItEndsForWhateverAsks() {
        try (var worker = worker("--baler.worker.max-attempts=20")) {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(worker::isReady);
            var id = baler.create("{'filters':{'actions':['NEVER_HAPPENED']}}");
            await(id, ExportJob::announced);
            database.cut();
            baler.ring(id);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> worker.hasSaid("A request by message cannot be looked at"));
            database.mend();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> worker.hasSaid("MongoDB says again whether jobs wait")
                            && worker.hasSaid("Requests by message can be looked at again"));

            var said = worker.said();
            assertThat(said).doesNotContain("\tat ");
            assertThat(said.lines().filter(line -> line.contains("WARN") || line.contains("ERROR")))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).contains("MongoDB did not say whether jobs wait"),
                            line -> assertThat(line).contains("A request by message cannot be looked at"));
        }
    }

    private static WorkerProcess worker(String attempts) {
        return WorkerProcess.start(
                baler,
                "--baler.archive.logs-per-file=500",
                "--baler.worker.poll=200ms",
                "--baler.worker.lease=2s",
                "--baler.s3.endpoint=http://127.0.0.1:" + storage.port(),
                "--spring.mongodb.uri=mongodb://127.0.0.1:" + database.port() + "/baler?serverSelectionTimeoutMS=2000",
                attempts);
    }

    private static void await(String id, Predicate<ExportJob> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> condition.test(baler.jobs().find(id).orElseThrow()));
    }
}
