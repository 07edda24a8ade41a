package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.ArchiveFormat;
import io.baler.job.Change;
import io.baler.job.ExportJob;
import io.baler.job.evidence.PublishedKeys;
import io.baler.job.evidence.VerificationKey;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifest comes as it was signed, wherever it lies, and for as long as its archive can be had. */
@ExtendWith(OnApiServer.class)
class ManifestTest {
    private static final byte[] MANIFEST = "{ \"jobId\" : \"…\" }\n".getBytes(StandardCharsets.UTF_8);
    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));

    private final ApiServer api;
    private final FakeWorker worker;

    ManifestTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @ParameterizedTest
    @EnumSource
    void theManifestComesByteForByteWhateverTheFormat(ArchiveFormat format) {
        var job = worker.completeWithManifest(api.requested(format), MANIFEST, TOMORROW);

        var answer = api.bytes(EXPORTS + "/" + job.id() + "/manifest");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(MANIFEST);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("content-length")).contains(String.valueOf(MANIFEST.length));
        assertThat(answer.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"audit-logs-%s.%s.manifest.json\""
                        .formatted(job.filterHash(), format.suffix()));
    }

    @Test
    void itsDigestIsToldAndItMayBeKeptByTheCallerButNotBeUsedUnasked() {
        var job = worker.completeWithManifest(api.requested(), MANIFEST, TOMORROW);
        var sha256 = FakeSigner.sha256(MANIFEST);

        var answer = manifestOf(job).is(200);

        assertThat(answer.response().headers().allValues("etag")).containsExactly("\"" + sha256 + "\"");
        assertThat(answer.header("repr-digest"))
                .isEqualTo("sha-256=:%s:"
                        .formatted(Base64.getEncoder()
                                .encodeToString(HexFormat.of().parseHex(sha256))));
        assertThat(answer.header("cache-control")).isEqualTo("no-cache, private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "W/\"%s\"", "\"other\", \"%s\""})
    void whoeverHasItAlreadyGetsNoSecondOne(String condition) {
        var job = worker.completeWithManifest(api.requested(), MANIFEST, TOMORROW);
        var etag = FakeSigner.sha256(MANIFEST);

        var answer = api.send(
                api.call(EXPORTS + "/" + job.id() + "/manifest").header("If-None-Match", condition.formatted(etag)));

        answer.is(304);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.response().headers().allValues("etag")).containsExactly("\"" + etag + "\"");
        assertThat(answer.header("cache-control")).isEqualTo("no-cache, private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "0123", "\"", ",", "W/", "%s"})
    void whoeverHasAnotherOneGetsIt(String condition) {
        var job = worker.completeWithManifest(api.requested(), MANIFEST, TOMORROW);
        var unquoted = condition.formatted(FakeSigner.sha256(MANIFEST));

        var answer = api.send(api.call(EXPORTS + "/" + job.id() + "/manifest").header("If-None-Match", unquoted));

        assertThat(answer.is(200).text().getBytes(StandardCharsets.UTF_8)).isEqualTo(MANIFEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/manifest", "/manifest.sig"})
    void itCanBeAskedAboutWithoutGettingIt(String path) {
        var job = worker.completeWithManifest(api.requested(), MANIFEST, TOMORROW);

        var got = api.bytes(EXPORTS + "/" + job.id() + path);
        var told = api.send(api.call(EXPORTS + "/" + job.id() + path).method("HEAD", BodyPublishers.noBody()));

        assertThat(told.is(200).text()).isEmpty();
        for (var header : new String[] {
            "content-type", "content-length", "content-disposition", "etag", "repr-digest", "cache-control"
        }) {
            assertThat(told.response().headers().allValues(header))
                    .as(header)
                    .isEqualTo(got.headers().allValues(header));
        }
    }

    @Test
    void itCanBeVerifiedWithItsSignatureAndThePublishedKeys() {
        api.bean(PublishedKeys.class).publish(worker.signer().key());
        var job = worker.completeWithManifest(api.requested(), MANIFEST, TOMORROW);

        var signature = api.bytes(EXPORTS + "/" + job.id() + "/manifest.sig");
        var keys = api.get("/api/v1/keys").is(200).body().path("keys");

        assertThat(signature.statusCode()).isEqualTo(200);
        assertThat(signature.body()).hasSize(64);
        assertThat(signature.headers().firstValue("content-type")).contains("application/octet-stream");
        assertThat(signature.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"audit-logs-%s.zip.manifest.sig\"".formatted(job.filterHash()));
        assertThat(keys.valueStream())
                .filteredOn(key -> key.path("id")
                        .stringValue()
                        .equals(String.valueOf(job.manifest().keyId())))
                .singleElement()
                .satisfies(key -> assertThat(
                                VerificationKey.ofPem(key.path("publicKey").stringValue()))
                        .singleElement()
                        .satisfies(it -> assertThat(it.verifies(MANIFEST, signature.body()))
                                .isTrue()));
    }

    @Test
    void anExportWithoutMatchHasOneThatSaysSo() {
        var job = worker.completeWithoutMatch(api.requested());

        var answer = api.bytes(EXPORTS + "/" + job.id() + "/manifest");
        var signature = api.bytes(EXPORTS + "/" + job.id() + "/manifest.sig");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(FakeSigner.NOTHING_MATCHED);
        assertThat(worker.signer().key().verifies(answer.body(), signature.body()))
                .isTrue();
    }

    @Test
    void anExportTellsOfItsManifestOnceItIsCompleted() {
        var id = api.requested();
        worker.upload(id, MANIFEST, 3);
        assertThat(api.get(EXPORTS + "/" + id).is(200).body().propertyNames()).doesNotContain("manifest");

        var completed = worker.completeWithManifest(api.requested(), MANIFEST, TOMORROW);
        var withoutMatch = worker.completeWithoutMatch(api.requested());

        assertThat(viewOf(completed))
                .isEqualTo("{\"sha256\":\"%s\",\"signingKey\":\"%s\",\"chainPosition\":1}"
                        .formatted(
                                FakeSigner.sha256(MANIFEST),
                                worker.signer().key().id()));
        assertThat(viewOf(withoutMatch)).contains("\"chainPosition\":1");
    }

    @Test
    void theChainGoesOnWithTheNextEqualExport() {
        var request = api.newRequest();
        var first = api.post(EXPORTS, request).is(202).body().path("id").stringValue();
        worker.completeWithManifest(first, MANIFEST, TOMORROW);
        api.delete(EXPORTS + "/" + first).is(204);

        var second = api.post(EXPORTS, request).is(202).body().path("id").stringValue();
        var job = worker.completeWithManifest(second, MANIFEST, TOMORROW);

        assertThat(viewOf(job)).contains("\"chainPosition\":2");
        assertThat(job.link().previousJob()).isEqualTo(first);
        assertThat(job.link().previousSha256()).isEqualTo(FakeSigner.sha256(MANIFEST));
    }

    // ---- where there is none

    @Test
    void aRunningOrFailedOrCancelledExportHasNone() {
        var running = api.requested();
        worker.upload(running, MANIFEST, 3);
        var failed = worker.fail(api.requested()).id();
        var cancelled = api.requested();
        api.post(EXPORTS + "/" + cancelled + "/cancel").is(202);
        var overdue = api.requested();
        await().until(() -> api.jobs().expire(overdue, Duration.ofMillis(1)) instanceof Change.Changed);

        isProblem(running, 409, "not-ready");
        isProblem(failed, 409, "failed");
        isProblem(cancelled, 409, "cancelled");
        isProblem(overdue, 410, "expired");
    }

    @Test
    void anExportOfAnOlderVersionHasNone() {
        var job = worker.completeWithoutManifest(api.requested(), new byte[10], TOMORROW);

        isProblem(job.id(), 404, "no-manifest");
        assertThat(api.get(EXPORTS + "/" + job.id()).is(200).body().propertyNames())
                .doesNotContain("manifest");
    }

    @Test
    void itGoesWithItsArchive() {
        var expired = worker.completeWithManifest(
                api.requested(), MANIFEST, Instant.now().minusSeconds(1));
        var swept = worker.completeWithManifest(api.requested(), MANIFEST, TOMORROW);
        api.jobs().releaseAttachment(swept.id());

        isProblem(expired.id(), 410, "expired");
        isProblem(swept.id(), 410, "expired");
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "NDJSON_GZ"})
    void whenSomebodyTookItOutOfTheBucketThatIsSaid(ArchiveFormat format) {
        var job = worker.completeWithManifest(api.requested(format), MANIFEST, TOMORROW);
        ArchiveKeys.objectsOf(job.attachment().key()).forEach(api.bean(ExportBucket.class)::delete);

        manifestOf(job).isProblem(410, "archive-lost");
    }

    private Answer manifestOf(ExportJob job) {
        return api.get(EXPORTS + "/" + job.id() + "/manifest");
    }

    private String viewOf(ExportJob job) {
        return api.get(EXPORTS + "/" + job.id()).is(200).body().path("manifest").toString();
    }

    private void isProblem(String id, int status, String code) {
        api.get(EXPORTS + "/" + id + "/manifest").isProblem(status, code);
        // also for who accepts no more than the answer that is hoped for
        api.send(api.call(EXPORTS + "/" + id + "/manifest.sig").header("Accept", "application/octet-stream"))
                .isProblem(status, code);
    }
}
