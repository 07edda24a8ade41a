package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import io.baler.job.ArchiveFormat;
import io.baler.job.ExportJob;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive through the api, where the storage is not for people to reach. */
@ExtendWith(OnApiServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ArchiveStreamTest {
    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));
    private static final int LARGE = 64 << 20;

    private final ApiServer api;
    private final FakeWorker worker;
    private final Replica replica;

    ArchiveStreamTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
        this.replica = Replica.of(
                api,
                "--baler.api.downloads=stream",
                "--baler.api.streams-at-once=2",
                "--server.tomcat.connection-timeout=2s");
    }

    @AfterEach
    void noConnectionToTheStorageIsKept() {
        api.s3().mend();
        await().untilAsserted(() -> assertThat(replica.downloads()).isZero());
    }

    @AfterAll
    void close() {
        replica.close();
    }

    @ParameterizedTest
    @EnumSource
    void theArchiveComesByteForByteWhateverTheFormat(ArchiveFormat format) {
        var archive = random(100_000);
        var job = worker.complete(api.requested(format), archive, TOMORROW);
        var sha256 = FakeSigner.sha256(archive);

        var answer = get(job);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(archive);
        assertThat(header(answer, "content-type")).isEqualTo(format.mediaType());
        assertThat(header(answer, "content-length")).isEqualTo("100000");
        assertThat(header(answer, "content-disposition"))
                .isEqualTo("attachment; filename=\"audit-logs-%s.%s\"".formatted(job.filterHash(), format.suffix()));
        assertThat(header(answer, "etag")).isEqualTo('"' + sha256 + '"');
        assertThat(header(answer, "repr-digest"))
                .isEqualTo("sha-256=:"
                        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256))
                        + ":");
        assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(answer, "cache-control")).isEqualTo("no-store");
        assertThat(header(answer, "location")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99, 0, 100",
        "bytes=500-, 500, 500",
        "bytes=-1, 999, 1",
        "bytes=990-2000, 990, 10",
        "bytes=1-998, 1, 998"
    })
    void aPartComesAsItWasAskedFor(String range, int first, int count) {
        var archive = random(1_000);
        var job = worker.complete(api.requested(), archive, TOMORROW);

        var answer = get(job, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(archive, first, first + count));
        assertThat(header(answer, "content-range")).isEqualTo("bytes %d-%d/1000".formatted(first, first + count - 1));
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(count));
        // of the whole: what the parts are put together to
        assertThat(header(answer, "etag")).isEqualTo('"' + FakeSigner.sha256(archive) + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "bytes=9-1", "lines=1-2", "nonsense"})
    void whatIsNoSinglePartIsTheWhole(String range) {
        var archive = random(1_000);
        var job = worker.complete(api.requested(), archive, TOMORROW);

        var answer = get(job, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(archive);
    }

    @Test
    void aPartBehindTheEndIsRefusedWithTheSize() {
        var job = worker.complete(api.requested(), random(1_000), TOMORROW);

        var answer = api.send(replica.call(path(job)).header("Range", "bytes=1000-"));

        answer.isProblem(416, "no-such-range");
        assertThat(answer.header("content-range")).isEqualTo("bytes */1000");
        assertThat(downloads(job.id())).isEmpty();
    }

    @Test
    void theRestIsGivenOnlyOfTheArchiveThatItIsTheRestOf() {
        var archive = random(1_000);
        var job = worker.complete(api.requested(), archive, TOMORROW);
        var etag = '"' + FakeSigner.sha256(archive) + '"';

        assertThat(get(job, "Range", "bytes=500-", "If-Range", etag).statusCode())
                .isEqualTo(206);
        for (var other : List.of("\"other\"", "W/" + etag, "Thu, 01 Jan 2032 00:00:00 GMT", "")) {
            assertThat(get(job, "Range", "bytes=500-", "If-Range", other).body())
                    .as(other)
                    .isEqualTo(archive);
        }
        assertThat(get(job, "Range", "bytes=500-", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void whoeverAsksAboutItOnlyIsToldWithoutTheStorage() {
        var job = worker.complete(api.requested(), random(1_000), TOMORROW);
        var got = get(job);
        api.s3().cut();

        var told =
                api.send(replica.call(path(job)).header("Range", "bytes=5-").method("HEAD", BodyPublishers.noBody()));

        assertThat(told.is(200).text()).isEmpty();
        for (var header : List.of(
                "content-type",
                "content-length",
                "content-disposition",
                "etag",
                "repr-digest",
                "accept-ranges",
                "cache-control")) {
            assertThat(told.header(header)).as(header).isNotEmpty().isEqualTo(header(got, header));
        }
        assertThat(downloads(job.id())).hasSize(1);
    }

    @Test
    void everythingHandedOutIsAuditedAndNothingElse() {
        var archive = random(1_000);
        var job = worker.complete(api.requested(), archive, TOMORROW);

        get(job);
        get(job, "Range", "bytes=500-");
        get(job, "If-None-Match", '"' + FakeSigner.sha256(archive) + '"');

        var call = "GET " + path(job);
        assertThat(downloads(job.id())).containsExactly(call, call + " bytes 500-999/1000");
    }

    @Test
    void whatCannotBeHadIsToldAsEver() {
        var running = api.requested();
        var expired =
                worker.complete(api.requested(), new byte[1], Instant.now().minusSeconds(1));
        var lost = worker.complete(api.requested(), new byte[1], TOMORROW);
        ArchiveKeys.objectsOf(lost.attachment().key()).forEach(api.bean(ExportBucket.class)::delete);

        api.send(replica.call(EXPORTS + "/" + running + "/archive")).isProblem(409, "not-ready");
        api.send(replica.call(path(expired))).isProblem(410, "expired");
        api.send(replica.call(path(lost))).isProblem(410, "archive-lost");
        api.send(replica.call(EXPORTS + "/0123456789abcdef01234567/archive")).isProblem(404, "not-found");
        assertThat(downloads(lost.id())).isEmpty();
    }

    @Test
    void withoutTheStorageItIsToBeAskedForLater() {
        var job = worker.complete(api.requested(), new byte[10], TOMORROW);
        api.s3().cut();

        var answer = api.send(replica.call(path(job))).isProblem(503, "storage-unavailable");

        assertThat(answer.header("etag")).isEmpty();
        assertThat(answer.header("content-disposition")).isEmpty();
    }

    @Test
    void anArchiveWhoseStorageBreaksOffIsNotTakenForAWholeOne() throws IOException {
        var job = worker.complete(api.requested(), new byte[LARGE], TOMORROW);

        var answer = api.send(replica.call(path(job)), BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            body.readNBytes(1 << 20);
            api.s3().cut();

            assertThatIOException().isThrownBy(body::readAllBytes);
        }
    }

    @Test
    void aClientThatGoesAwayLetsTheStorageGo() throws IOException {
        var job = worker.complete(api.requested(), new byte[LARGE], TOMORROW);

        var answer = api.send(replica.call(path(job)), BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            body.readNBytes(1 << 20);
            assertThat(replica.downloads()).isEqualTo(1);
        }

        await().untilAsserted(() -> assertThat(replica.downloads()).isZero());
    }

    @Test
    void aClientThatTakesNothingIsGivenUp() throws IOException {
        var job = worker.complete(api.requested(), new byte[LARGE], TOMORROW);

        try (var idle = new Socket()) {
            idle.setReceiveBufferSize(4 << 10);
            idle.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), replica.port()));
            var call = "GET " + path(job) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ApiServer.TOKEN;
            idle.getOutputStream().write((call + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            await().until(() -> replica.downloads() == 1);

            await().atMost(Duration.ofSeconds(20)).until(() -> replica.downloads() == 0);
        }
    }

    @Test
    void moreThanAllowedAtOnceAreToComeAgainLater() throws IOException {
        var job = worker.complete(api.requested(), new byte[LARGE], TOMORROW);

        try (var first = open(job);
                var second = open(job)) {
            assertThat(first.read() + second.read()).isZero();
            var refused = api.send(replica.call(path(job))).isProblem(503, "too-many-downloads");
            assertThat(refused.header("retry-after")).isEqualTo("30");
        }
    }

    private InputStream open(ExportJob job) {
        return api.send(replica.call(path(job)), BodyHandlers.ofInputStream()).body();
    }

    private HttpResponse<byte[]> get(ExportJob job, String... headers) {
        var call = replica.call(path(job));
        return api.send(headers.length == 0 ? call : call.headers(headers), BodyHandlers.ofByteArray());
    }

    private static String path(ExportJob job) {
        return EXPORTS + "/" + job.id() + "/archive";
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** The calls that are audited as downloads. */
    private List<String> downloads(String job) {
        return api
                .bean(MongoClient.class)
                .getDatabase("baler")
                .getCollection("exportAudits")
                .find(new Document("target", job).append("action", "AUDIT_LOG_BULK_EXPORT_DOWNLOADED"))
                .sort(new Document("createdAt", 1))
                .into(new ArrayList<>())
                .stream()
                .map(record -> record.getString("endpoint"))
                .toList();
    }
}
