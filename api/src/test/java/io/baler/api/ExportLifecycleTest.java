package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static io.baler.api.Messages.Message.about;
import static io.baler.job.JobStatus.CANCELLED;
import static io.baler.job.JobStatus.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import io.baler.job.ArchiveFormat;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.Failure;
import io.baler.job.JobQueries;
import io.baler.job.JobStatus;
import io.baler.job.LogFilters;
import io.baler.job.events.ExportEvents;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.JobIds;
import io.baler.job.request.RequestedExport;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(OnApiServer.class)
class ExportLifecycleTest {
    private static final byte[] ARCHIVE = "an archive".getBytes(StandardCharsets.UTF_8);

    private final ApiServer api;
    private final FakeWorker worker;

    ExportLifecycleTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @Test
    void anExportIsAcceptedFoundListedCancelledAndDeleted() {
        var accepted = api.post(EXPORTS, """
                {"filters":{"usernames":["known"],"users":["gone"],"actions":["LOGOUT","LOGIN"],\
                "dateFrom":"2023-01-01","dateTo":"2023-01-31T10:00:00+01:00"},\
                "format":"json","asOf":"2023-02-01","restartJob":false,"reuse":false}""");

        accepted.is(202);
        var export = accepted.body();
        var id = export.path("id").stringValue();
        assertThat(accepted.header("location")).isEqualTo(EXPORTS + "/" + id);
        assertThat(export.path("status").stringValue()).isEqualTo("queued");
        assertThat(export.path("requestedBy").stringValue()).isEqualTo(ApiServer.USER);
        assertThat(export.path("format").stringValue()).isEqualTo("json");
        assertThat(export.path("filters").toString())
                .isEqualTo("{\"usernames\":[\"known\"],\"users\":[\"gone\"],\"actions\":[\"LOGIN\",\"LOGOUT\"],"
                        + "\"dateFrom\":\"2023-01-01T00:00:00Z\",\"dateTo\":\"2023-01-31T09:00:00Z\"}");
        assertThat(export.path("asOf").stringValue()).isEqualTo("2023-02-01T23:59:59.999Z");
        assertThat(Instant.parse(export.path("createdAt").stringValue()))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(export.path("progress").toString()).isEqualTo("{\"exported\":0}");
        assertThat(export.propertyNames()).doesNotContain("startedAt", "endedAt", "archive", "failure");
        assertThat(api.messages().until(about("baler.export.requested", id)))
                .filteredOn(about("baler.export.requested", id))
                .hasSize(1);

        assertThat(api.get(EXPORTS + "/" + id).is(200).body()).isEqualTo(export);
        assertThat(api.get(EXPORTS).is(200).body().path("exports").get(0)).isEqualTo(export);

        var cancelled = api.post(EXPORTS + "/" + id + "/cancel").is(202).body();
        assertThat(cancelled.path("status").stringValue()).isEqualTo("cancelled");
        assertThat(cancelled.propertyNames()).contains("endedAt");
        assertThat(api.messages().until(about("baler.export.finished", id))).anyMatch(about("baler.export.cancel", id));

        api.delete(EXPORTS + "/" + id).is(204);
        api.get(EXPORTS + "/" + id).isProblem(404, "not-found");
        api.delete(EXPORTS + "/" + id).isProblem(404, "not-found");
    }

    @Test
    void theListIsNewestFirstAndAsLongAsWished() {
        var older = api.requested();
        var newer = api.requested();

        assertThat(api.get(EXPORTS + "?limit=2").is(200).body().path("exports").valueStream())
                .extracting(export -> export.path("id").stringValue())
                .containsExactly(newer, older);
        assertThat(api.get(EXPORTS + "?limit=1").is(200).body().path("exports").size())
                .isEqualTo(1);
    }

    @Test
    void progressIsToldWhileAWorkerReads() {
        var id = api.requested();
        var claim = worker.begin(id, 3_000L);
        api.jobs().renew(claim, 1_000);

        var export = api.get(EXPORTS + "/" + id).is(200).body();

        assertThat(export.path("status").stringValue()).isEqualTo("exporting");
        assertThat(export.path("progress").toString())
                .isEqualTo("{\"exported\":1000,\"expected\":3000,\"percent\":33.3}");
        assertThat(export.propertyNames()).contains("startedAt");
    }

    @Test
    void aRestartBeginsAnewAndTellsTheWorkers() {
        var id = api.requested();
        var claim = worker.begin(id, 3_000L);
        api.awaitSilence();

        var restarted = api.post(EXPORTS + "/" + id + "/restart").is(202);

        assertThat(restarted.body().path("status").stringValue()).isEqualTo("queued");
        assertThat(restarted.header("location")).isEqualTo(EXPORTS + "/" + id);
        var said = api.messages().until(about("baler.export.requested", id));
        assertThat(said).anySatisfy(message -> {
            assertThat(message.topic()).isEqualTo("baler.export.restart");
            assertThat(message.value().path("epoch").longValue()).isGreaterThan(claim.epoch());
        });
    }

    @Test
    void anExportOfANewerVersionIsShownAndNotChanged() {
        var id = api.requested();
        var jobs = api.bean(MongoClient.class).getDatabase("baler").getCollection("exportJobs");
        jobs.updateOne(new Document("_id", id), new Document("$set", new Document("schemaVersion", 2)));

        assertThat(api.get(EXPORTS + "/" + id).is(200).body().path("status").stringValue())
                .isEqualTo("queued");
        for (var wish : List.of("restart", "cancel", "resume")) {
            var refused = api.post(EXPORTS + "/" + id + "/" + wish).isProblem(503, "newer-version");
            assertThat(refused.header("retry-after")).isEqualTo("10");
        }
        api.delete(EXPORTS + "/" + id).isProblem(503, "newer-version");
        api.get(EXPORTS + "/" + id + "/archive").isProblem(503, "newer-version");
        try (var other = Replica.of(api, "--baler.api.user=oscar", "--baler.api.admin=false")) {
            other.post(EXPORTS + "/" + id + "/cancel", "").isProblem(404, "not-found");
            jobs.updateOne(
                    new Document("_id", id),
                    new Document("$set", new Document("status", "dreaming").append("format", "parquet")));
            api.get(EXPORTS + "/" + id).isProblem(503, "newer-version");
            api.delete(EXPORTS + "/" + id).isProblem(503, "newer-version");
            other.get(EXPORTS + "/" + id).isProblem(404, "not-found");
        }
        jobs.deleteOne(new Document("_id", id));
    }

    @Test
    void aFailedExportSaysWhyAndCanBeResumed() {
        var id = api.requested();
        worker.fail(id);
        api.awaitSilence();

        assertThat(api.get(EXPORTS + "/" + id).is(200).body().path("failure").toString())
                .isEqualTo("{\"code\":\"source-unreachable\",\"message\":\"The source went away; resume continues\"}");
        var resumed = api.post(EXPORTS + "/" + id + "/resume").is(202).body();

        assertThat(resumed.path("status").stringValue()).isEqualTo("queued");
        assertThat(resumed.propertyNames()).doesNotContain("failure", "endedAt");
        assertThat(api.messages().until(about("baler.export.requested", id)))
                .filteredOn(about("baler.export.requested", id))
                .hasSize(1);
    }

    @Test
    void aFailedExportIsNotResumedBesideALiveEqual() {
        var body = api.newRequest();
        var failed = api.post(EXPORTS, body).is(202).body().path("id").stringValue();
        worker.fail(failed);
        var live = api.post(EXPORTS, body).is(202).body().path("id").stringValue();

        var answer = api.post(EXPORTS + "/" + failed + "/resume").isProblem(409, "duplicate");

        assertThat(answer.body().path("existing").path("id").stringValue()).isEqualTo(live);
    }

    @Test
    void whatIsLiveCannotBeResumedOrDeleted() {
        var id = api.requested();

        api.post(EXPORTS + "/" + id + "/resume").isProblem(409, "wrong-state");
        var refused = api.delete(EXPORTS + "/" + id).isProblem(409, "wrong-state");

        assertThat(refused.body().path("state").stringValue()).isEqualTo("queued");
        assertThat(refused.body().path("possible").toString()).isEqualTo("[\"restart\",\"cancel\"]");
        assertThat(refused.body().path("detail").stringValue()).contains("is queued", "cancel");
        assertThat(statusOf(id)).isEqualTo(QUEUED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"restart", "cancel", "resume"})
    void whatHasEndedStaysAsItIs(String wish) {
        var id = api.requested();
        api.post(EXPORTS + "/" + id + "/cancel").is(202);

        var refused = api.post(EXPORTS + "/" + id + "/" + wish).isProblem(409, "wrong-state");

        assertThat(refused.body().path("state").stringValue()).isEqualTo("cancelled");
        assertThat(refused.body().path("possible").toString()).isEqualTo("[\"delete\"]");
        assertThat(statusOf(id)).isEqualTo(CANCELLED);
    }

    @Test
    void deletingACompletedExportRemovesItsBytesAndKeepsThemInTheGarbage() {
        var job = worker.complete(api.requested(), ARCHIVE, Instant.now().plus(Duration.ofDays(1)));
        var key = job.attachment().key();
        assertThat(api.bean(ExportBucket.class).find(key)).isPresent();

        api.delete(EXPORTS + "/" + job.id()).is(204);

        await().untilAsserted(
                        () -> assertThat(api.bean(ExportBucket.class).find(key)).isEmpty());
        assertThat(api.bean(JobQueries.class).withGarbage()).anySatisfy(left -> {
            assertThat(left.id()).isEqualTo(job.id());
            assertThat(left.garbage()).extracting("key").containsExactly(key);
        });
    }

    @Test
    void deletingACompletedStreamRemovesItsManifestAndSignatureToo() {
        var id = api.requested(ArchiveFormat.NDJSON_ZST);
        var job = worker.completeWithManifest(id, ARCHIVE, Instant.now().plus(Duration.ofDays(1)));
        var objects = ArchiveKeys.objectsOf(job.attachment().key());
        assertThat(objects).hasSize(3).allMatch(this::isThere);

        api.delete(EXPORTS + "/" + job.id()).is(204);

        await().untilAsserted(() -> assertThat(objects).noneMatch(this::isThere));
    }

    private boolean isThere(String key) {
        return api.bean(ExportBucket.class).find(key).isPresent();
    }

    @Test
    void howAnExportEndedIsPublishedWithWhatProvesIt() {
        var completed = worker.completeWithManifest(
                api.requested(), ARCHIVE, Instant.now().plus(Duration.ofDays(1)));
        var withoutMatch = worker.completeWithoutMatch(api.requested());
        var frozen = worker.upload(api.requested(), ARCHIVE, 3);
        var failed = api.jobs().fail(frozen, new Failure("storage", "The storage went away"));

        assertThat(published(completed).path("manifestSha256").stringValue())
                .isEqualTo(completed.manifest().sha256());
        assertThat(published(completed).path("archive").path("sha256").stringValue())
                .isEqualTo(completed.attachment().sha256());
        assertThat(published(withoutMatch).path("outcome").stringValue()).isEqualTo("no_results");
        assertThat(published(withoutMatch).path("manifestSha256").stringValue())
                .isEqualTo(withoutMatch.manifest().sha256());
        assertThat(published(failed).propertyNames()).doesNotContain("manifestSha256");
    }

    private JsonNode published(ExportJob ended) {
        api.bean(ExportEvents.class).finished(ended);
        return api.messages().until(about("baler.export.finished", ended.id())).stream()
                .filter(about("baler.export.finished", ended.id()))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void deletingAFailedExportAbortsItsUpload() {
        var claim = worker.upload(api.requested(), ARCHIVE, 3);
        var failed = api.jobs().fail(claim, new Failure("storage", "The storage went away"));

        api.delete(EXPORTS + "/" + failed.id()).is(204);

        // the embedded storage tells of an aborted upload only when it is to be completed
        assertThatThrownBy(() -> worker.completeUpload(failed))
                .isInstanceOfAny(ExportBucket.UploadGone.class, ExportBucket.PartsUnusable.class);
    }

    @Test
    void somebodyElsesExportIsNotThere() {
        var others = exportOf("somebody else");

        api.get(EXPORTS + "/" + others.id()).isProblem(404, "not-found");
        api.get(EXPORTS + "/" + others.id() + "/archive").isProblem(404, "not-found");
        api.get(EXPORTS + "/" + others.id() + "/manifest").isProblem(404, "not-found");
        api.get(EXPORTS + "/" + others.id() + "/manifest.sig").isProblem(404, "not-found");
        api.post(EXPORTS + "/" + others.id() + "/restart").isProblem(404, "not-found");
        api.post(EXPORTS + "/" + others.id() + "/cancel").isProblem(404, "not-found");
        api.post(EXPORTS + "/" + others.id() + "/resume").isProblem(404, "not-found");
        api.delete(EXPORTS + "/" + others.id()).isProblem(404, "not-found");
        assertThat(api.get(EXPORTS + "?limit=500").text()).doesNotContain(others.id());
        assertThat(api.jobs().find(others.id())).contains(others);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000000000000000000000000", "1", "..%5C", "%7B%22$ne%22:1%7D", "A00000000000000000000000"})
    void anIdThatIsNoneIsNotThere(String id) {
        assertThat(api.get(EXPORTS + "/" + id).status()).isIn(400, 404);
        assertThat(api.delete(EXPORTS + "/" + id).status()).isIn(400, 404);
        assertThat(api.post(EXPORTS + "/" + id + "/cancel").status()).isIn(400, 404);
    }

    private ExportJob exportOf(String requester) {
        var anything = new RequestedExport(LogFilters.NONE, ArchiveFormat.JSON, null);
        var job = api.bean(ExportRequests.class).accept(JobIds.next(), requester, anything);
        var created = (Creation.Created) api.jobs().create(job);
        return created.job();
    }

    private JobStatus statusOf(String id) {
        return api.jobs().find(id).orElseThrow().status();
    }
}
