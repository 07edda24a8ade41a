package io.baler.worker;

import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.EXPIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.Change;
import io.baler.job.ExportJob;
import io.baler.worker.guarantee.EveryRecordOnce;
import io.baler.worker.guarantee.NothingAfterCancel;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How an export ends is told once, in Kafka and in the audit trail, and nothing else is. */
class OutcomesTest {
    private static Installation baler;
    private static List<String> ids;

    @BeforeAll
    static void start() {
        baler = new Installation();
        ids = LargeLogs.fill(baler.database(), 3_000);
        baler.startWorker(
                "--baler.archive.logs-per-file=50",
                "--baler.archive.part-size=5MB",
                "--baler.worker.poll=200ms",
                "--baler.worker.lease=2s");
    }

    @AfterAll
    static void stop() {
        baler.close();
    }

    @AfterEach
    void forgetJobs() {
        baler.forgetJobs();
    }

    @Test
    void nothingThatMatchesIsToldAsNoResults() {
        var job = baler.export("{'filters':{'actions':['NEVER_HAPPENED']}}");

        assertThat(toldOnce(job).path("outcome").asString()).isEqualTo("no_results");
        assertThat(audited(job)).containsExactly("ACTION_AUDIT_LOG_BULK_EXPORT_NO_RESULTS");
    }

    @Test
    void anExportThatExpiresWhileItRunsStopsAndIsToldAsExpired() {
        var id = running();

        var expired = ((Change.Changed) baler.jobs().expire(id, Duration.ofMillis(1))).job();
        baler.events().expired(expired);

        assertThat(expired.status()).isEqualTo(EXPIRED);
        assertThat(toldOnce(expired).path("outcome").asString()).isEqualTo("expired");
        assertThat(audited(expired)).containsExactly("AUDIT_LOG_BULK_EXPORT_JOB_EXPIRED");
        new NothingAfterCancel(expired).holdsFor(baler.jobs(), baler.bucket());
    }

    @Test
    void aRestartIsNoEndAndOnlyTheCompletionIsTold() {
        var id = running();

        baler.restart(id);

        var job = baler.awaitEnd(id);
        assertThat(job.status()).isEqualTo(COMPLETED);
        assertThat(job.gen()).isEqualTo(1);
        assertThat(toldOnce(job).path("outcome").asString()).isEqualTo("completed");
        assertThat(audited(job)).containsExactly("AUDIT_LOG_BULK_EXPORT_COMPLETED");
        new EveryRecordOnce(ids).holdsFor(baler.archiveOf(job));
    }

    @Test
    void countAndLastIdAreWrittenAsItGoesAndNeverBeyondWhatThereIs() {
        var id = running();

        var midway = baler.jobs().find(id).orElseThrow();
        var count = midway.checkpoint().totalExportedCount();
        assertThat(count).isPositive().isLessThanOrEqualTo(ids.size());
        assertThat(midway.checkpoint().lastExportedId().asObjectId().getValue().toHexString())
                .isEqualTo(ids.get((int) count - 1));
        assertThat(midway.progress()).isBetween(count, (long) ids.size());
        assertThat(baler.awaitEnd(id).checkpoint().totalExportedCount()).isEqualTo(ids.size());
    }

    private static String running() {
        var id = baler.request("{'filters':{}}");
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5)).until(() -> seqOf(id) >= 1);
        return id;
    }

    private static int seqOf(String id) {
        return baler.jobs().find(id).orElseThrow().checkpoint().seq();
    }

    /** The one message about its end. */
    private static JsonNode toldOnce(ExportJob job) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> baler.jobs().find(job.id()).orElseThrow().announced());
        var messages = baler.finished(job.id());
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static List<String> audited(ExportJob job) {
        return baler
                .database()
                .getCollection("exportAudits")
                .find(new Document("target", job.id()))
                .map(record -> record.getString("action"))
                .into(new java.util.ArrayList<>())
                .stream()
                .filter(action -> !action.equals("AUDIT_LOG_BULK_EXPORT_REQUESTED"))
                .toList();
    }
}
