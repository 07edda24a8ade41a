package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.ArchiveFormat;
import io.baler.job.Change;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith({OnApiServer.class, OutputCaptureExtension.class})
class ArchiveTest {
    private static final Instant TOMORROW =
            Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);

    private final ApiServer api;
    private final FakeWorker worker;

    ArchiveTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @Test
    void theArchiveIsFoundBehindALinkThatOpensItForFiveMinutes(CapturedOutput output) throws Exception {
        var archive = new byte[100_000];
        new Random(1).nextBytes(archive);
        var job = worker.complete(api.requested(), archive, TOMORROW);

        var answer = api.get(EXPORTS + "/" + job.id() + "/archive").is(302);

        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.text()).isEmpty();
        var link = URI.create(answer.header("location"));
        assertThat(link.getQuery()).contains("X-Amz-Expires=300");
        var download =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
        assertThat(download.statusCode()).isEqualTo(200);
        assertThat(download.body()).isEqualTo(archive);
        assertThat(download.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"" + job.attachment().fileName() + "\"");
        assertThat(output).doesNotContain("X-Amz-");
    }

    @Test
    void aCompletedExportTellsOfItsArchive() {
        var job = worker.complete(api.requested(), new byte[10], TOMORROW);

        var export = api.get(EXPORTS + "/" + job.id()).is(200).body();

        assertThat(export.path("archive").toString())
                .isEqualTo("{\"fileName\":\"audit-logs-%s.zip\",\"size\":10,\"sha256\":\"%s\",\"expiresAt\":\"%s\"}"
                        .formatted(job.filterHash(), FakeSigner.sha256(new byte[10]), TOMORROW));
        assertThat(export.path("progress").toString()).isEqualTo("{\"exported\":3,\"expected\":3,\"percent\":100.0}");
        assertThat(export.toString()).doesNotContain("bucket", "\"key\"", "etag");
    }

    @Test
    void theDigestOfTheArchiveIsToldWithTheLink() {
        var archive = new byte[] {1, 2, 3};
        var job = worker.complete(api.requested(), archive, TOMORROW);

        var answer = api.get(EXPORTS + "/" + job.id() + "/archive").is(302);

        assertThat(answer.response().headers().allValues("etag"))
                .containsExactly("\"039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81\"");
        assertThat(answer.header("repr-digest")).isEqualTo("sha-256=:A5BYxvLAy0ksUzsKTRTvd8wPeKvMztUofYShogEc+4E=:");
    }

    @ParameterizedTest
    @EnumSource
    void theLinkDeliversWhatTheFormatIs(ArchiveFormat format) throws Exception {
        var job = worker.complete(api.requested(format), new byte[10], TOMORROW);

        var link = URI.create(
                api.get(EXPORTS + "/" + job.id() + "/archive").is(302).header("location"));
        var download =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());

        assertThat(download.headers().firstValue("content-type")).contains(format.mediaType());
        assertThat(download.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"audit-logs-%s.%s\"".formatted(job.filterHash(), format.suffix()));
    }

    @Test
    void whoeverHasTheArchiveAlreadyGetsNoLink() {
        var job = worker.complete(api.requested(), new byte[10], TOMORROW);
        var etag = '"' + FakeSigner.sha256(new byte[10]) + '"';

        var answer = api.send(api.call(EXPORTS + "/" + job.id() + "/archive").header("If-None-Match", etag));

        assertThat(answer.is(304).text()).isEmpty();
        assertThat(answer.header("location")).isEmpty();
        assertThat(answer.response().headers().allValues("etag")).containsExactly(etag);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        api.send(api.call(EXPORTS + "/" + job.id() + "/archive").header("If-None-Match", "\"other\""))
                .is(302);
    }

    @Test
    void whoeverAsksAboutTheArchiveOnlyIsToldWhatItIsAndGetsNoLink() {
        var job = worker.complete(api.requested(), new byte[10], TOMORROW);
        var path = EXPORTS + "/" + job.id() + "/archive";

        var told = api.send(api.call(path).method("HEAD", BodyPublishers.noBody()));
        var got = api.get(path);

        assertThat(told.is(200).header("location")).isEmpty();
        assertThat(told.header("content-length")).isEqualTo("10");
        assertThat(told.header("content-type")).isEqualTo("application/zip");
        assertThat(told.header("etag")).isNotEmpty().isEqualTo(got.header("etag"));
        assertThat(told.header("repr-digest")).isNotEmpty().isEqualTo(got.header("repr-digest"));
        assertThat(told.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void whatHasExpiredIsGoneAlsoForThoseWhoHaveItAlready() {
        var job = worker.complete(api.requested(), new byte[10], TOMORROW.minus(Duration.ofDays(2)));

        var etag = '"' + FakeSigner.sha256(new byte[10]) + '"';

        api.send(api.call(EXPORTS + "/" + job.id() + "/archive").header("If-None-Match", etag))
                .isProblem(410, "expired");
    }

    @Test
    void anExportWithoutMatchHasNone() {
        var id = api.requested();
        worker.completeWithoutMatch(id);

        api.get(EXPORTS + "/" + id + "/archive").isProblem(404, "no-results");
        assertThat(api.get(EXPORTS + "/" + id).body().path("progress").toString())
                .isEqualTo("{\"exported\":0,\"expected\":0,\"percent\":100.0}");
    }

    @Test
    void aRunningExportHasNoneYet() {
        var id = api.requested();

        var queued = api.get(EXPORTS + "/" + id + "/archive").isProblem(409, "not-ready");
        worker.upload(id, new byte[10], 3);
        var uploading = api.get(EXPORTS + "/" + id + "/archive").isProblem(409, "not-ready");

        assertThat(queued.header("retry-after")).isEqualTo("5");
        assertThat(uploading.body().path("detail").stringValue()).contains("uploading");
        assertThat(api.get(EXPORTS + "/" + id)
                        .body()
                        .path("progress")
                        .path("percent")
                        .doubleValue())
                .isEqualTo(99.9);
    }

    @Test
    void aFailedExportHasNoneAndSaysWhy() {
        var id = api.requested();
        worker.fail(id);

        var answer = api.get(EXPORTS + "/" + id + "/archive").isProblem(409, "failed");

        assertThat(answer.body().path("detail").stringValue()).contains("The source went away; resume continues");
        assertThat(answer.body().path("failure").path("code").stringValue()).isEqualTo("source-unreachable");
    }

    @Test
    void aCancelledExportHasNone() {
        var id = api.requested();
        api.post(EXPORTS + "/" + id + "/cancel").is(202);

        api.get(EXPORTS + "/" + id + "/archive").isProblem(409, "cancelled");
    }

    @Test
    void anOverdueExportHasNoneAndSaysSinceWhen() {
        var id = api.requested();
        await().until(() -> api.jobs().expire(id, Duration.ofMillis(1)) instanceof Change.Changed);

        var answer = api.get(EXPORTS + "/" + id + "/archive").isProblem(410, "expired");

        var endedAt = api.jobs().find(id).orElseThrow().endedAt();
        assertThat(answer.body().path("detail").stringValue()).contains(String.valueOf(endedAt));
    }

    @Test
    void anExpiredDownloadIsGoneAndSaysSinceWhen() {
        var yesterday = TOMORROW.minus(Duration.ofDays(2));
        var job = worker.complete(api.requested(), new byte[10], yesterday);

        var answer = api.get(EXPORTS + "/" + job.id() + "/archive").isProblem(410, "expired");

        assertThat(answer.body().path("detail").stringValue()).contains(yesterday.toString());
        assertThat(answer.body().path("expiredAt").stringValue()).isEqualTo(yesterday.toString());
    }

    @Test
    void aSweptDownloadIsGone() {
        var job = worker.complete(api.requested(), new byte[10], TOMORROW);
        api.jobs().releaseAttachment(job.id());

        api.get(EXPORTS + "/" + job.id() + "/archive").isProblem(410, "expired");
    }
}
