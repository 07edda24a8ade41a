package io.baler.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A worker in a process of its own, so that it can die as processes die. */
final class WorkerProcess implements AutoCloseable {
    private final Process process;

    private WorkerProcess(Process process) {
        this.process = process;
    }

    static WorkerProcess start(Installation baler, String... properties) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerApplication.class.getName(),
                "--spring.main.web-application-type=none",
                "--spring.kafka.bootstrap-servers=" + baler.stack().kafka().bootstrapServers(),
                "--baler.source.settle=0s",
                "--logging.level.io.baler=info"));
        var all = new ArrayList<>(
                List.of("--spring.mongodb.uri=" + baler.stack().mongodb().connectionString()));
        all.addAll(List.of(properties));
        command.addAll(List.of(baler.arguments(all.toArray(String[]::new))));
        try {
            return new WorkerProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(
                            Path.of("target", "worker-processes.log").toFile()))
                    .start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: nothing is flushed, nothing is given back. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM: an orderly shutdown. */
    void terminate() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
