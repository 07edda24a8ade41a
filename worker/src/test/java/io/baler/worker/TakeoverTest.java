package io.baler.worker;

import static io.baler.job.JobStatus.CANCELLED;
import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.EXPORTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.ExportJob;
import io.baler.worker.guarantee.EveryRecordOnce;
import io.baler.worker.guarantee.NothingAfterCancel;
import io.baler.worker.guarantee.SameBytesAsUndisturbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever stops an export between two checkpoints loses nothing and leaves no trace in the archive. */
@SuppressWarnings("try") // a process that is only there to work
class TakeoverTest {
    private static final int RECORDS = 6_000;
    private static final String[] WORKER = {
        "--baler.archive.logs-per-file=500", "--baler.worker.poll=200ms", "--baler.worker.lease=2s"
    };

    private static Installation baler;
    private static final List<String> ids = new ArrayList<>();

    @BeforeAll
    static void start() {
        baler = new Installation();
        ids.addAll(LargeLogs.fill(baler.database(), RECORDS));
    }

    @AfterAll
    static void stop() {
        baler.close();
    }

    @Test
    void anotherWorkerFinishesTheExportOfADeadOne() {
        var id = baler.request("{'filters':{}}");
        try (var first = WorkerProcess.start(baler, WORKER)) {
            awaitFirstCheckpoint(id);
            first.kill();
        }
        var atDeath = baler.jobs().find(id).orElseThrow();
        try (var second = WorkerProcess.start(baler, WORKER)) {
            var job = baler.awaitEnd(id);

            assertThat(atDeath.status()).isEqualTo(EXPORTING);
            assertThat(job.status()).isEqualTo(COMPLETED);
            assertThat(job.gen()).isZero();
            assertThat(job.epoch()).isGreaterThan(atDeath.epoch());
            assertThat(job.checkpoint().parts()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(job.checkpoint().parts().subList(0, atDeath.checkpoint().seq()))
                    .isEqualTo(atDeath.checkpoint().parts());
            new EveryRecordOnce(ids).holdsFor(baler.archiveOf(job));
            assertSameBytesAsUndisturbed(job);
        }
    }

    @AfterEach
    void forgetJobs() {
        baler.forgetJobs();
    }

    @Test
    void aWorkerThatIsToldToStopGivesItsExportBackAtOnce() {
        try (var first = WorkerProcess.start(baler, WORKER)) {
            var id = baler.request("{'filters':{}}");
            awaitFirstCheckpoint(id);

            first.terminate();

            var givenBack = baler.jobs().find(id).orElseThrow();
            assertThat(givenBack.status()).isEqualTo(EXPORTING);
            assertThat(givenBack.lease()).isNull();
            assertThat(givenBack.checkpoint().seq()).isPositive();
            try (var second = WorkerProcess.start(baler, WORKER)) {
                new EveryRecordOnce(ids).holdsFor(baler.archiveOf(baler.awaitEnd(id)));
            }
        }
    }

    @Test
    void recordsThatVanishMeanwhileAreCountedInTheManifest() {
        var id = baler.request("{'filters':{}}");
        try (var first = WorkerProcess.start(baler, WORKER)) {
            awaitFirstCheckpoint(id);
            first.kill();
        }
        var logs = baler.database().getCollection("activities");
        // as a TTL index does
        var vanished = new Document("_id", new ObjectId(ids.get(RECORDS - 2)));
        var record = logs.findOneAndDelete(vanished);
        try (var second = WorkerProcess.start(baler, WORKER)) {
            var archive = baler.archiveOf(baler.awaitEnd(id));

            assertThat(archive.ids()).hasSize(RECORDS - 1).endsWith(ids.get(RECORDS - 1));
            assertThat(archive.manifest().get("expectedCount").asInt()).isEqualTo(RECORDS);
            assertThat(archive.manifest().get("exportedCount").asInt()).isEqualTo(RECORDS - 1);
        } finally {
            logs.insertOne(record);
        }
    }

    @Test
    void cancellingFreesTheSlotAndNothingIsWrittenAfterwards() {
        try (var worker = WorkerProcess.start(baler, oneSlot())) {
            var id = baler.request("{'filters':{}}");
            awaitFirstCheckpoint(id);

            var cancelled = baler.cancel(id);

            var other = baler.export("{'filters':{'actions':['NEVER_HAPPENED']}}");
            assertThat(other.status()).isEqualTo(COMPLETED);
            new NothingAfterCancel(cancelled).holdsFor(baler.jobs(), baler.bucket());
            assertThat(cancelled.status()).isEqualTo(CANCELLED);
            assertThat(cancelled.garbage()).hasSize(1);
        }
    }

    @Test
    void restartingARunningExportBeginsItAnewAndItEndsAsIfUndisturbed() {
        try (var worker = WorkerProcess.start(baler, oneSlot())) {
            var id = baler.request("{'filters':{}}");
            awaitFirstCheckpoint(id);

            baler.restart(id);

            var job = baler.awaitEnd(id);
            assertThat(job.status()).isEqualTo(COMPLETED);
            assertThat(job.gen()).isEqualTo(1);
            new EveryRecordOnce(ids).holdsFor(baler.archiveOf(job));
        }
    }

    private static String[] oneSlot() {
        var properties = new ArrayList<>(List.of(WORKER));
        properties.add("--baler.worker.slots=1");
        return properties.toArray(String[]::new);
    }

    private static void awaitFirstCheckpoint(String id) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> baler.jobs().find(id).orElseThrow().checkpoint().seq() >= 1);
    }

    private static void assertSameBytesAsUndisturbed(ExportJob disturbed) {
        var archive = baler.archiveOf(disturbed);
        baler.beginAgain(disturbed.id());
        var undisturbed = baler.awaitEnd(disturbed.id());
        assertThat(undisturbed.gen()).isEqualTo(1);
        new SameBytesAsUndisturbed(baler.archiveOf(undisturbed)).holdsFor(disturbed, archive);
    }
}
