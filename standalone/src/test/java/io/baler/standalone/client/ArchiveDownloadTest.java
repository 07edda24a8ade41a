package io.baler.standalone.client;

import static io.baler.standalone.client.FakeApi.answer;
import static io.baler.standalone.client.FakeApi.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.baler.standalone.client.Export.Archive;
import io.baler.standalone.progress.Progress;
import io.baler.standalone.progress.Unit;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.RecordedTerminal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveDownloadTest {

    private static final String ARCHIVE = "GET /api/v1/exports/" + ExportJson.ID + "/archive";
    private static final String STORED = "GET /bucket/key?X-Amz-Signature=presigned";

    private final byte[] bytes = new byte[300_000];
    private final RecordedTerminal recorded = new RecordedTerminal();
    private final FakeApi api = new FakeApi();
    private final FakeApi storage = new FakeApi();

    @TempDir
    private Path directory;

    ArchiveDownloadTest() {
        new Random(7).nextBytes(bytes);
        api.on(ARCHIVE, redirect(storage.url() + "/bucket/key?X-Amz-Signature=presigned"));
    }

    @AfterEach
    void close() {
        api.close();
        storage.close();
    }

    private Path download() {
        return download(new Archive("a.zip", bytes.length, ExportJson.sha256(bytes), Instant.EPOCH));
    }

    private Path download(Archive archive) {
        var target = directory.resolve("a.zip");
        try (var progress = Progress.on(recorded.terminal(), "downloading", Unit.RECORDS)) {
            new ArchiveDownload(new BalerClient(api.url(), "secret-token"), Duration.ofMillis(5))
                    .download(ExportJson.ID, archive, target, progress);
        }
        return target;
    }

    private String[] filesLeft() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toArray(String[]::new);
        }
    }

    @Test
    void takesTheBytesFromTheStorageWithoutShowingItTheToken() throws IOException {
        storage.on(STORED, answer(200, bytes));

        var file = download();

        assertThat(file).hasBinaryContent(bytes);
        assertThat(filesLeft()).containsExactly("a.zip");
        assertThat(api.calls())
                .allSatisfy(call -> assertThat(call.authorization()).isEqualTo("Bearer secret-token"));
        assertThat(storage.calls())
                .allSatisfy(call -> assertThat(call.authorization()).isEmpty());
    }

    @Test
    void takesTheBytesFromTheServerItselfToo() {
        try (var direct = new FakeApi().on(ARCHIVE, answer(200, bytes))) {
            var target = directory.resolve("direct.zip");
            new ArchiveDownload(new BalerClient(direct.url(), "t"))
                    .download(
                            ExportJson.ID,
                            new Archive("a.zip", bytes.length, ExportJson.sha256(bytes), Instant.EPOCH),
                            target,
                            Progress.on(recorded.terminal(), "downloading", Unit.RECORDS));

            assertThat(target).hasBinaryContent(bytes);
        }
    }

    @Test
    void takesABrokenDownloadUpWhereItBroke() {
        storage.on(STORED, breakingAfter(100_000)).on(STORED, this::rest);

        assertThat(download()).hasBinaryContent(bytes);

        assertThat(storage.calls()).extracting(FakeApi.Call::range).first().isEqualTo("");
        assertThat(storage.calls()).hasSize(2).last().satisfies(ArchiveDownloadTest::asksForTheRest);
    }

    private void rest(HttpExchange exchange, FakeApi.Call call) throws IOException {
        answer(206, Arrays.copyOfRange(bytes, begin(call), bytes.length)).to(exchange, call);
    }

    /** A connection that breaks takes with it what had been sent and not been read. */
    private static void asksForTheRest(FakeApi.Call call) {
        assertThat(begin(call)).isBetween(1, 100_000);
    }

    private static int begin(FakeApi.Call call) {
        return Integer.parseInt(call.range().replaceAll("bytes=(\\d+)-", "$1"));
    }

    @Test
    void takesABrokenDownloadOfTheServerItselfUpWhereItBroke() {
        try (var direct = new FakeApi()) {
            direct.on(ARCHIVE, breakingAfter(100_000)).on(ARCHIVE, 503, "{}").on(ARCHIVE, this::rest);
            var target = directory.resolve("direct.zip");

            new ArchiveDownload(new BalerClient(direct.url(), "t"), Duration.ofMillis(5))
                    .download(
                            ExportJson.ID,
                            new Archive("a.zip", bytes.length, ExportJson.sha256(bytes), Instant.EPOCH),
                            target,
                            Progress.on(recorded.terminal(), "downloading", Unit.RECORDS));

            assertThat(target).hasBinaryContent(bytes);
            assertThat(direct.calls()).extracting(FakeApi.Call::range).first().isEqualTo("");
            assertThat(direct.calls().subList(1, direct.calls().size()))
                    .hasSize(2)
                    .allSatisfy(ArchiveDownloadTest::asksForTheRest);
        }
    }

    @Test
    void startsOverWhereTheStorageCannotContinue() {
        storage.on(STORED, breakingAfter(100_000)).on(STORED, answer(200, bytes));

        assertThat(download()).hasBinaryContent(bytes);
    }

    @Test
    void throwsAWrongDownloadAwayAndKeepsWhatWasThere() throws IOException {
        var wrong = bytes.clone();
        wrong[1234] ^= 1;
        storage.on(STORED, answer(200, wrong));
        Files.writeString(directory.resolve("a.zip"), "before");

        assertThatThrownBy(this::download)
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("SHA-256")
                .hasMessageContaining(ExportJson.sha256(bytes))
                .hasMessageContaining("thrown away");

        assertThat(filesLeft()).containsExactly("a.zip");
        assertThat(directory.resolve("a.zip")).hasContent("before");
    }

    @Test
    void throwsAShorterDownloadAway() throws IOException {
        storage.on(STORED, answer(200, Arrays.copyOf(bytes, 1_000)));

        assertThatThrownBy(this::download).hasMessageContaining("1000 bytes instead of 300000");

        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void saysWhatTheStorageAnswersWithoutThePresignedAddress() throws IOException {
        storage.on(STORED, 403, "<Error><Code>AccessDenied</Code></Error>");

        assertThatThrownBy(this::download)
                .hasMessage("the archive's storage answered 403")
                .hasNoCause();

        assertThat(recorded.err() + recorded.out()).doesNotContain("presigned");
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void tellsARefusalOfTheServerAtOnce() {
        try (var gone = new FakeApi().on(ARCHIVE, 410, "{\"detail\": \"the download has expired\"}")) {
            var download = new ArchiveDownload(new BalerClient(gone.url(), "t"), Duration.ofHours(1));
            var archive = new Archive("a.zip", 1, "00", Instant.EPOCH);
            var progress = Progress.on(recorded.terminal(), "downloading", Unit.RECORDS);

            assertThatThrownBy(() -> download.download(ExportJson.ID, archive, directory.resolve("b.zip"), progress))
                    .hasMessage("the download has expired");
        }
    }

    @Test
    void leavesAFileAloneThatCannotBeWritten() {
        storage.on(STORED, answer(200, bytes));
        var nowhere = directory.resolve("missing");
        directory = nowhere;

        assertThatThrownBy(this::download)
                .hasMessage(nowhere.resolve("a.zip") + " cannot be written: no such file or directory");
    }

    @Test
    void overwritesWhatAKilledDownloadLeftBehind() throws IOException {
        storage.on(STORED, answer(200, bytes));
        try (var left = FileChannel.open(
                directory.resolve("a.zip.part"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            left.position(1_000_000).write(java.nio.ByteBuffer.wrap(new byte[10]));
        }

        assertThat(download()).hasBinaryContent(bytes);
    }

    private FakeApi.Answer breakingAfter(int length) {
        return (exchange, call) -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, length);
            exchange.getResponseBody().flush();
            // closed before the announced length: the client sees a broken connection
            exchange.close();
        };
    }
}
