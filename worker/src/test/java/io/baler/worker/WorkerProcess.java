package io.baler.worker;

import io.baler.job.ExportJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A worker in a process of its own, so that it can die as processes die. */
public final class WorkerProcess implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "worker-processes");

    private final Process process;
    private final Path log;
    private volatile boolean leaving;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public static WorkerProcess start(Installation baler, String... properties) {
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
            var log = Files.createTempFile(Files.createDirectories(LOGS), "worker-", ".log");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log.toFile()))
                    .start();
            return new WorkerProcess(process, log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** It has started and takes jobs. */
    public boolean isReady() {
        return hasSaid("Started WorkerApplication");
    }

    /** The text is in its log. */
    public boolean hasSaid(String text) {
        return said().contains(text);
    }

    /** Its log. */
    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether the job's lease bears this worker's name. */
    public boolean holds(ExportJob job) {
        var lease = job.lease();
        return lease != null && isNamed(lease.worker());
    }

    /** Whether leases bear this name when it holds them. */
    public boolean isNamed(String worker) {
        return worker.startsWith(process.pid() + "@");
    }

    /** SIGKILL: nothing is flushed, nothing is given back. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** It was told to stop, and takes no more jobs. */
    public boolean isLeaving() {
        return leaving;
    }

    /** SIGTERM: an orderly shutdown, which has ended when the future has. */
    public CompletableFuture<Process> tellToStop() {
        leaving = true;
        process.destroy();
        return process.onExit();
    }

    void terminate() {
        tellToStop().join();
    }

    /** SIGSTOP: it stands still and does not know it. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT: it goes on as if no time had passed. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
