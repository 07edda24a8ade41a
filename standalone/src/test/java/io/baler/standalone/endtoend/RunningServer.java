package io.baler.standalone.endtoend;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./baler serve} in a process of its own. */
final class RunningServer implements AutoCloseable {
    private final Process process;
    private final Path directory;

    private RunningServer(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    static RunningServer start(Path directory, String... properties) {
        var arguments = new ArrayList<>(List.of("serve", "--port", "0", "--"));
        arguments.addAll(List.of(properties));
        var log = directory.resolve("serve.log");
        try {
            Files.deleteIfExists(directory.resolve(".baler/connection.json"));
            var process = Cli.java(directory, "io.baler.standalone.Baler", Map.of(), arguments.toArray(String[]::new))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
            var server = new RunningServer(process, directory);
            await().atMost(Duration.ofMinutes(2)).until(() -> !process.isAlive() || server.isReady());
            if (!process.isAlive()) {
                throw new AssertionError("serve ended: " + Files.readString(log));
            }
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean isReady() {
        return Files.exists(directory.resolve(".baler/connection.json"));
    }

    /** What the file says by which commands find the server. */
    JsonNode connection() {
        return JsonMapper.shared()
                .readTree(directory.resolve(".baler/connection.json").toFile());
    }

    Cli.Result run(String... arguments) {
        return Cli.run(directory, arguments);
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
