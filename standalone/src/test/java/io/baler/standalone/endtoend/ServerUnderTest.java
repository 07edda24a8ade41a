package io.baler.standalone.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server in a process of its own, which can be killed and comes back on the same port with the same data. */
final class ServerUnderTest implements AutoCloseable {
    private final String name;
    private final String bucket;
    private final Path directory;
    private Process process;
    private String[] said;

    private ServerUnderTest(String name, Path directory, String bucket) {
        this.name = name;
        this.bucket = bucket;
        this.directory = directory;
        this.process = launch(0);
        this.said = new String[0];
    }

    /** Starts {@code mongodb}, {@code kafka} or {@code s3}; {@link #awaitReady} waits for it. */
    static ServerUnderTest starting(String name, Path directory, String bucket) {
        return new ServerUnderTest(name, directory, bucket);
    }

    ServerUnderTest awaitReady() {
        // closed with the process
        @SuppressWarnings("StreamResourceLeak")
        var out = process.inputReader();
        try {
            var line = out.readLine();
            if (line == null) {
                throw new AssertionError(name + " did not start: " + Files.readString(log()));
            }
            said = line.split(" ", -1);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return Integer.parseInt(said[0]);
    }

    /** Of S3 alone. */
    String accessKey() {
        return said[1];
    }

    /** Of S3 alone. */
    String secretKey() {
        return said[2];
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void startAgain() {
        process = launch(port());
        awaitReady();
    }

    private Process launch(int port) {
        try {
            return Cli.java(
                            directory,
                            OneServer.class.getName(),
                            Map.of("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -Xmx256m"),
                            name,
                            directory.resolve(name).toString(),
                            String.valueOf(port),
                            bucket)
                    .redirectError(Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path log() {
        return directory.resolve(name + ".log");
    }

    @Override
    public void close() {
        kill();
    }
}
