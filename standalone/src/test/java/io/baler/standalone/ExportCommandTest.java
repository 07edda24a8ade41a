package io.baler.standalone;

import static io.baler.standalone.client.ExportJson.ID;
import static io.baler.standalone.client.ExportJson.completed;
import static io.baler.standalone.client.ExportJson.export;
import static io.baler.standalone.client.FakeApi.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.standalone.client.ExportJson;
import io.baler.standalone.client.FakeApi;
import io.baler.standalone.stack.BalerDirectory;
import io.baler.standalone.stack.Connection;
import io.baler.standalone.terminal.RecordedTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that talk to a server, against one that answers as it is told. */
class ExportCommandTest {

    private static final String REQUEST = "POST /api/v1/exports";
    private static final String FIND = "GET /api/v1/exports/" + ID;
    private static final String ARCHIVE = "GET /api/v1/exports/" + ID + "/archive";
    private static final String MANIFEST = "GET /api/v1/exports/" + ID + "/manifest";
    private static final String SIGNATURE = "GET /api/v1/exports/" + ID + "/manifest.sig";

    private final byte[] archive = "an archive".getBytes(StandardCharsets.UTF_8);
    private final FakeApi api = new FakeApi();

    @TempDir
    private Path directory;

    @BeforeEach
    void tellWhereTheServerIs() {
        BalerDirectory.make(directory.resolve("data"))
                .write(new Connection(api.url(), "stored-token", null, null, null));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Commands.Result run(String... arguments) {
        return run(new RecordedTerminal(), arguments);
    }

    private Commands.Result run(RecordedTerminal recorded, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data-dir", directory.resolve("data").toString()));
        return Commands.run(recorded, all.toArray(String[]::new));
    }

    private Path out() {
        return directory.resolve("out.zip");
    }

    private void endingWith(String json) {
        api.on(REQUEST, 202, export("queued", 0)).on(FIND, 200, json).on(ARCHIVE, answer(200, archive));
    }

    @Test
    void bringsTheArchive() {
        endingWith(completed(archive));

        var result = run("export", "--user", "ada", "--user", "ben", "--from", "2026-01-01", "--out", out().toString());

        assertThat(result.exitCode()).isZero();
        assertThat(out()).hasBinaryContent(archive);
        assertThat(result.out())
                .isEqualTo(out() + ": 4 records, 10 bytes\nSHA-256 " + ExportJson.sha256(archive) + "\n");
        assertThat(api.calls().get(0).body()).contains("[\"ada\",\"ben\"]").doesNotContain("actions");
        assertThat(api.calls())
                .allSatisfy(call -> assertThat(call.authorization()).isEqualTo("Bearer stored-token"));
    }

    @Test
    void putsTheArchiveIntoADirectoryUnderTheServersName() {
        endingWith(completed(archive));

        assertThat(run("export", "--out", directory.toString()).exitCode()).isZero();

        assertThat(directory.resolve("audit-logs-abc.zip")).hasBinaryContent(archive);
    }

    @Test
    void givesASecondArchiveOfTheSameNameOneOfItsOwn() throws IOException {
        Files.writeString(directory.resolve("audit-logs-abc.zip"), "yesterday's");
        endingWith(completed(archive));

        assertThat(run("export", "--out", directory.toString()).exitCode()).isZero();

        assertThat(directory.resolve("audit-logs-abc.zip")).hasContent("yesterday's");
        assertThat(directory.resolve("audit-logs-abc-" + ID + ".zip")).hasBinaryContent(archive);
        assertThat(run("export", "--job", ID, "--out", directory.toString()).exitCode())
                .isEqualTo(1);
        assertThat(run("export", "--job", ID, "--out", directory.toString(), "--force")
                        .exitCode())
                .isZero();
        assertThat(directory.resolve("audit-logs-abc.zip")).hasBinaryContent(archive);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson.gz", "ndjson.zst"})
    void bringsAStreamWithItsManifestAndSignatureBesideIt(String format) {
        endingWith(completed(archive, format));
        api.on(MANIFEST, answer(200, "a manifest")).on(SIGNATURE, answer(200, new byte[] {-1, 0, 10}));
        var name = "audit-logs-abc." + format;

        var result = run("export", "--format", format, "--out", directory.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(api.calls().get(0).body()).contains("\"format\":\"" + format + "\"");
        assertThat(directory.resolve(name)).hasBinaryContent(archive);
        assertThat(directory.resolve(name + ".manifest.json")).hasContent("a manifest");
        assertThat(directory.resolve(name + ".manifest.sig")).hasBinaryContent(new byte[] {-1, 0, 10});
        assertThat(result.out()).contains("manifest " + directory.resolve(name + ".manifest.json"));
        assertThat(run("export", "--job", ID, "--out", directory.toString()).exitCode())
                .isZero();
        assertThat(directory.resolve("audit-logs-abc-" + ID + "." + format)).hasBinaryContent(archive);
        assertThat(directory.resolve("audit-logs-abc-" + ID + "." + format + ".manifest.sig"))
                .exists();
    }

    @Test
    void bringsNoStreamWithoutItsManifest() {
        endingWith(completed(archive, "ndjson.gz"));

        var result = run("export", "--format", "ndjson.gz", "--out", directory.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errLines()).last().isEqualTo("baler: nothing here");
        assertThat(directory.resolve("audit-logs-abc.ndjson.gz")).doesNotExist();
    }

    @Test
    void overwritesNoManifestOfAnother() throws IOException {
        Files.writeString(directory.resolve("out.gz.manifest.json"), "precious");
        endingWith(completed(archive, "ndjson.gz"));
        api.on(MANIFEST, answer(200, "a manifest")).on(SIGNATURE, answer(200, "a signature"));
        var out = directory.resolve("out.gz").toString();

        assertThat(run("export", "--format", "ndjson.gz", "--out", out).err())
                .contains("out.gz.manifest.json exists already; --force overwrites it");

        assertThat(directory.resolve("out.gz")).doesNotExist();
        assertThat(run("export", "--out", out, "--force").exitCode()).isZero();
        assertThat(directory.resolve("out.gz.manifest.json")).hasContent("a manifest");
    }

    @Test
    void neverFollowsTheServersNameElsewhere() throws IOException {
        endingWith(completed(archive).replace("audit-logs-abc.zip", "../../elsewhere.zip"));
        var inner = Files.createDirectories(directory.resolve("a/b"));

        assertThat(run("export", "--out", inner.toString()).exitCode()).isZero();

        assertThat(inner.resolve("audit-logs.zip")).hasBinaryContent(archive);
    }

    @Test
    void saysThatNothingMatches() {
        endingWith(export("completed", 0));

        var result = run("export", "--out", out().toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("nothing matches: there is no archive\n");
        assertThat(out()).doesNotExist();
    }

    @Test
    void bringsTheStatementThatNothingMatches() throws IOException {
        endingWith(export("completed", 0));
        api.on(MANIFEST, answer(200, "a statement")).on(SIGNATURE, answer(200, "a signature"));
        var statement = directory.resolve("audit-logs-" + ID + ".manifest.json");

        var result = run("export", "--out", out().toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .isEqualTo(
                        "nothing matches: there is no archive, but a signed statement of that in " + statement + "\n");
        assertThat(out()).doesNotExist();
        assertThat(statement).hasContent("a statement");
        assertThat(directory.resolve("audit-logs-" + ID + ".manifest.sig")).hasContent("a signature");
        assertThat(run("export", "--job", ID, "--out", directory.toString()).exitCode())
                .as("brought again")
                .isZero();
        Files.writeString(statement, "another");
        assertThat(run("export", "--job", ID, "--out", directory.toString()).err())
                .contains("exists already; --force overwrites it");
    }

    @Test
    void tellsWhyThereIsNoArchive() {
        endingWith(export(
                "failed", 2, ", \"failure\": {\"code\": \"s3\", \"message\": \"S3 refuses; 2 records are kept\"}"));

        var result = run("export", "--out", out().toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errLines()).last().isEqualTo("baler: the export failed: S3 refuses; 2 records are kept");
    }

    @Test
    void tellsACancelledAndAnExpiredExport() {
        endingWith(export("cancelled", 2));
        assertThat(run("export").errLines()).last().isEqualTo("baler: the export was cancelled");
        api.close();

        try (var other = new FakeApi().on(REQUEST, 202, export("queued", 0)).on(FIND, 200, export("expired", 2))) {
            var result = Commands.run("export", "--url", other.url(), "--token", "t");

            assertThat(result.errLines()).last().isEqualTo("baler: the export took too long and has expired");
            assertThat(result.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void refusesToOverwriteBeforeAnythingIsRequested() throws IOException {
        Files.writeString(out(), "precious");

        var result = run("export", "--out", out().toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("baler: " + out() + " exists already; --force overwrites it, --out names another\n");
        assertThat(api.calls()).isEmpty();
        assertThat(out()).hasContent("precious");
    }

    @Test
    void overwritesWhenForced() throws IOException {
        Files.writeString(out(), "old");
        endingWith(completed(archive));

        assertThat(run("export", "--out", out().toString(), "--force").exitCode())
                .isZero();

        assertThat(out()).hasBinaryContent(archive);
    }

    @Test
    void refusesAMissingDirectoryBeforeAnythingIsRequested() {
        var result = run("export", "--out", directory.resolve("missing/out.zip").toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("missing is no directory");
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void comesBackToAnExport() {
        endingWith(completed(archive));

        assertThat(run("export", "--job", ID, "--out", out().toString()).exitCode())
                .isZero();

        assertThat(out()).hasBinaryContent(archive);
        assertThat(api.callNames()).doesNotContain(REQUEST);
    }

    @Test
    void saysHowToGoOnWhenTheSameIsRunningAlready() {
        api.on(
                REQUEST,
                409,
                "{\"detail\": \"the same export is running\", \"code\": \"duplicate\", \"existing\": {\"id\": \"abc\"}}");

        var result = run("export");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("baler: the same export is running; follow it with: ./baler export --job abc --data-dir "
                        + directory.resolve("data") + ", or start it anew with --restart\n");
    }

    @Test
    void tellsARequestThatIsRefused() {
        api.on(REQUEST, 422, "{\"detail\": \"unknown user\", \"errors\": [{\"field\": \"u\", \"message\": \"bob\"}]}");

        var result = run("export", "--user", "bob");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("baler: unknown user (u: bob)\n");
    }

    @Test
    void takesTheTokenFromTheEnvironment() {
        endingWith(completed(archive));
        var recorded = new RecordedTerminal("", Map.of("BALER_TOKEN", "environments"));

        run(recorded, "export", "--out", out().toString());

        assertThat(api.calls())
                .allSatisfy(call -> assertThat(call.authorization()).isEqualTo("Bearer environments"));
    }

    @Test
    void neverSendsTheStoredTokenToAnotherServer() {
        try (var other = new FakeApi()) {
            var result = run("list", "--url", other.url());

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("--token or BALER_TOKEN");
            assertThat(other.calls()).isEmpty();
        }
    }

    @Test
    void knowsTheStoredServersTokenByItsAddress() {
        api.on("GET /api/v1/exports", 200, "{\"exports\": []}");

        assertThat(run("list", "--url", api.url()).exitCode()).isZero();

        assertThat(api.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.authorization()).isEqualTo("Bearer stored-token"));
    }

    @Test
    void asksWhetherTheServerIsRunning() {
        api.close();

        for (var command : List.of(List.of("list"), List.of("export"), List.of("export", "--job", ID))) {
            var result = run(command.toArray(String[]::new));

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).isEqualTo("baler: no answer from " + api.url() + ": is the server running?\n");
        }
    }

    @Test
    void listsExportsInColumns() {
        api.on("GET /api/v1/exports", 200, """
                {"exports": [
                  {"id": "b", "status": "exporting", "requestedBy": "admin", "createdAt": "2026-07-01T10:20:30Z",
                   "filters": {"usernames": ["ada", "ben"], "dateTo": "2026-06-30"},
                   "progress": {"exported": 1234567, "expected": 2000000, "percent": 61.7}},
                  {"id": "a", "status": "queued", "requestedBy": "a\\u001b[31mdmin", "createdAt": "2026-06-30T00:00:00Z",
                   "filters": {}, "progress": {"exported": 0}}]}
                """);

        assertThat(run("list").out().lines())
                .containsExactly(
                        "ID  STATUS     DONE    RECORDS  CREATED (UTC)     BY          FILTERS",
                        "b   exporting  61 %  1,234,567  2026-07-01 10:20  admin       user ada, ben; to 2026-06-30",
                        "a   queued                   0  2026-06-30 00:00  a [31mdmin  everything");
    }

    @Test
    void restartsAndCancels() {
        api.on("POST /api/v1/exports/" + ID + "/restart", 202, "{}")
                .on("POST /api/v1/exports/" + ID + "/cancel", 202, "");

        assertThat(run("restart", ID).exitCode()).isZero();
        assertThat(run("cancel", ID).exitCode()).isZero();
        assertThat(run("cancel", "other").err()).isEqualTo("baler: nothing here\n");
    }

    @Test
    void leavesTheExportRunningWhenItIsStopped() throws Exception {
        endingWith(export("exporting", 2));
        var err = directory.resolve("err.txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.baler.standalone.Baler",
                        "export",
                        "--url",
                        api.url())
                .redirectError(err.toFile());
        process.environment().put("BALER_TOKEN", "secret-token");
        var running = process.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> api.callNames().contains(FIND));

        running.destroy();

        assertThat(running.waitFor()).isNotZero();
        assertThat(err)
                .content()
                .contains("come back to it with: ./baler export --job " + ID + " --url " + api.url())
                .doesNotContain("secret-token");
        assertThat(api.callNames()).containsOnly(REQUEST, FIND);
    }
}
