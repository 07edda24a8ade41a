package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} was told survives the end of its process, however sudden. */
class SurvivalTest {
    @TempDir
    private Path directory;

    @Test
    void logsAndFinishedExportsSurviveAHardStop() throws IOException {
        var lines = IntStream.range(0, 100).mapToObj(n -> "{\"n\":" + n + "}").collect(Collectors.joining("\n"));
        Files.writeString(directory.resolve("logs.ndjson"), lines);
        String id;
        try (var server = RunningServer.start(directory)) {
            assertThat(server.run("import", "logs.ndjson").exitCode()).isZero();
            assertThat(server.run("export", "--out", "first.zip").exitCode()).isZero();
            var list = server.run("list").out();
            id = list.lines()
                    .filter(line -> line.contains("completed"))
                    .findFirst()
                    .orElseThrow()
                    .split("\\s+")[0];
            server.kill();
        }

        try (var server = RunningServer.start(directory)) {
            var again = server.run("export", "--job", id, "--out", "second.zip");
            assertThat(again.exitCode()).as(again.err()).isZero();
            assertThat(server.run("export", "--out", "third.zip").exitCode()).isZero();
        }
        assertThat(directory.resolve("second.zip")).hasSameBinaryContentAs(directory.resolve("first.zip"));
        assertThat(ZipRecords.in(directory.resolve("third.zip"))).hasSize(100);
        assertThat(keyOf("third.zip")).as("the key that signs").isEqualTo(keyOf("first.zip"));
    }

    private String keyOf(String archive) {
        var verdict = Cli.run(directory, "verify", archive).out();
        assertThat(verdict).startsWith("OK: ");
        return verdict.replaceFirst("(?s).*signed with the key ([0-9a-f]{16}).*", "$1");
    }
}
