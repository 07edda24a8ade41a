package io.baler.standalone.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** One of the three services as {@code java -jar} starts it, configured by its environment alone. */
final class ServiceUnderTest implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final int managementPort;
    private final Path log;
    private final Process process;

    private ServiceUnderTest(String name, int managementPort, Path log, Process process) {
        this.name = name;
        this.managementPort = managementPort;
        this.log = log;
        this.process = process;
    }

    static ServiceUnderTest start(String name, Path directory, Map<String, String> environment) {
        var managementPort = freePort();
        var all = new TreeMap<>(environment);
        // each container has its own 8081; here they share a host
        all.put("MANAGEMENT_SERVER_PORT", String.valueOf(managementPort));
        all.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx384m");
        var log = directory.resolve(name + ".log");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "-jar", ExecutableJar.of(name).toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()));
        // what a developer has set is not part of the test
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.matches("(BALER|SPRING|MANAGEMENT|OTEL|LOGGING)_.*"));
        builder.environment().putAll(all);
        try {
            var process = builder.start();
            // it would outlive a test that is killed
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new ServiceUnderTest(name, managementPort, log, process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One that was free a moment ago. */
    static int freePort() {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The status of one of its probes, 0 while nothing listens. Without the database, an answer takes a while. */
    CompletableFuture<Integer> probe(String probe) {
        return management("/actuator/health" + probe)
                .handle((answer, notYet) -> answer == null ? 0 : answer.statusCode());
    }

    String metrics() {
        var answer = management("/actuator/prometheus").join();
        if (answer.statusCode() != 200) {
            throw new AssertionError(name + " tells no metrics: " + answer.statusCode());
        }
        return answer.body();
    }

    private CompletableFuture<HttpResponse<String>> management(String path) {
        if (!process.isAlive()) {
            // at once, for it will not come back
            throw new IllegalStateException(name + " has ended: " + log());
        }
        var call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HTTP.sendAsync(call, BodyHandlers.ofString());
    }

    /** The exit code of the images' own health check against it. */
    CompletableFuture<Integer> healthCheck(String probe) {
        var check = new ProcessBuilder(
                        "bash", Path.of("..", "deploy/docker/health").toString(), probe)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD);
        check.environment().put("MANAGEMENT_SERVER_PORT", String.valueOf(managementPort));
        try {
            return check.start().onExit().thenApply(Process::exitValue);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public String toString() {
        return name;
    }
}
