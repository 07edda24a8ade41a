package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static io.baler.api.ApiServer.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import io.baler.job.audit.AuditTrail;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who exports audit logs is audited. */
@ExtendWith(OnApiServer.class)
class AuditTest {
    private final ApiServer api;

    AuditTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void theRequestAndTheDownloadAreAuditedWithWhoAndFromWhere() {
        var id = api.requested();
        new FakeWorker(api).complete(id, new byte[] {1}, Instant.now().plusSeconds(60));

        api.get(EXPORTS + "/" + id + "/archive").is(302);

        assertThat(actions(id))
                .containsSubsequence("AUDIT_LOG_BULK_EXPORT_REQUESTED", "AUDIT_LOG_BULK_EXPORT_DOWNLOADED");
        assertThat(records(id)).filteredOn(record -> record.containsKey("ip")).allSatisfy(record -> {
            assertThat(record).containsEntry("user", USER).containsEntry("ip", "127.0.0.1");
            assertThat(record.getString("endpoint")).contains(EXPORTS);
            assertThat(record.getDate("createdAt")).isNotNull();
        });
    }

    @Test
    void whatIsNotHandedOutAgainIsNoDownload() {
        var id = api.requested();
        var archive = new byte[] {1};
        new FakeWorker(api).complete(id, archive, Instant.now().plusSeconds(60));
        var etag = '"' + FakeSigner.sha256(archive) + '"';

        api.send(api.call(EXPORTS + "/" + id + "/archive").header("If-None-Match", etag))
                .is(304);
        api.send(api.call(EXPORTS + "/" + id + "/archive").method("HEAD", BodyPublishers.noBody()))
                .is(200);
        api.get(EXPORTS + "/" + id + "/manifest").is(200);

        assertThat(actions(id)).doesNotContain("AUDIT_LOG_BULK_EXPORT_DOWNLOADED");
    }

    @Test
    void whatIsDoneWithAnExportAndHowItEndsIsAuditedOnce() {
        var id = api.requested();
        api.post(EXPORTS + "/" + id + "/restart").is(202);
        api.post(EXPORTS + "/" + id + "/cancel").is(202);
        await().until(() -> api.jobs().find(id).orElseThrow().announced());
        var cancelled = api.jobs().find(id).orElseThrow();
        api.bean(AuditTrail.class).ended(cancelled);

        assertThat(actions(id))
                .containsExactly(
                        "AUDIT_LOG_BULK_EXPORT_REQUESTED",
                        "AUDIT_LOG_BULK_EXPORT_RESTARTED",
                        "AUDIT_LOG_BULK_EXPORT_CANCELLED",
                        "AUDIT_LOG_BULK_EXPORT_CANCELLED");
        api.delete(EXPORTS + "/" + id).is(204);
        assertThat(actions(id)).last().isEqualTo("AUDIT_LOG_BULK_EXPORT_DELETED");
    }

    @Test
    void whatIsRefusedLeavesNoRecordOfSomethingDone() {
        var id = api.requested();
        api.delete(EXPORTS + "/" + id).isProblem(409, "wrong-state");
        api.post(EXPORTS + "/" + id + "/resume").isProblem(409, "wrong-state");
        api.get(EXPORTS + "/" + id + "/archive").isProblem(409, "not-ready");

        assertThat(actions(id)).containsExactly("AUDIT_LOG_BULK_EXPORT_REQUESTED");
    }

    private List<String> actions(String job) {
        return records(job).stream().map(record -> record.getString("action")).toList();
    }

    private List<Document> records(String job) {
        return api.bean(MongoClient.class)
                .getDatabase("baler")
                .getCollection("exportAudits")
                .find(new Document("target", job))
                .sort(new Document("createdAt", 1))
                .into(new ArrayList<>());
    }
}
