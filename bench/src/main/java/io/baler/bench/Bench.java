package io.baler.bench;

import com.mongodb.ConnectionString;
import io.baler.bench.sink.SinkServer;
import io.baler.bench.source.BenchSource;
import io.baler.bench.source.SourceServer;
import io.baler.local.MongoServer;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures exports of everything that a source holds. Source, sink and exporter are processes of their own, so that
 * nothing but the exporter is measured; the jobs are in a MongoDB-wire server in this process's memory.
 */
public final class Bench implements Closeable {
    /** As many as the benchmark's own source can hold. */
    public static final int MOST_RECORDS = BenchSource.mostRecords();

    /** What the exporter runs with unless it is told otherwise; chosen by measurement, see docs/PERFORMANCE.md. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            // as in the images: Netty's events for the flight recorder take 0.1 s of the start
            "-Dio.netty.jfr.enabled=false",
            // the optimising compiler takes only what is really hot: a third of its time is for what soon ends
            "-XX:Tier4InvocationThreshold=20000",
            "-XX:Tier4MinInvocationThreshold=5000",
            "-XX:Tier4CompileThreshold=60000",
            "-XX:Tier4BackEdgeThreshold=200000");

    private static final int HEAP_OF_ALL = 32;
    private static final int HEAP_OF_EACH = 128;

    private final BenchOptions options;
    private final Consumer<String> progress;
    private final List<Closeable> open = new ArrayList<>();

    /** @param progress told in a line what is being done */
    public Bench(BenchOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** @throws IOException if a server does not start, or an export fails */
    public Report run() throws IOException, InterruptedException {
        var programs = opened(Programs.prepare());
        var jobs = MongoServer.inMemory(0);
        open.add(0, jobs::close);
        var source = options.sourceUri() == null ? source(programs) : null;
        var endpoint = options.s3Endpoint() == null ? sink(programs) : options.s3Endpoint();
        var task = task(jobs.connectionString(), source, endpoint);
        var javaOptions = options.javaOptions().isEmpty() ? usualOptions() : options.javaOptions();
        progress.accept("a run that is not measured");
        var measured = measured(programs, javaOptions, task);
        var runs = new ArrayList<Run>();
        for (int n = 1; n <= options.repeat(); n++) {
            progress.accept("run " + n + " of " + options.repeat());
            runs.add(measured.run(task.withJobsIn("run" + n)));
        }
        return new Report(options, source == null ? 0 : Long.parseLong(source.said()[1]), javaOptions, runs);
    }

    /** Has run once, with the files that it needs in memory. */
    private Measured measured(Programs programs, List<String> javaOptions, Task task)
            throws IOException, InterruptedException {
        if (options.command() == null) {
            return new ExporterProcess(programs, javaOptions).trained(task);
        }
        var other = new OtherProgram(options.command(), programs.file("said"));
        Measured all = each -> requireAll(other.run(each));
        all.run(task);
        return all;
    }

    private Run requireAll(Run run) throws IOException {
        if (options.sourceUri() == null && run.records() != options.records()) {
            throw new IOException(
                    "the program says that it exported " + run.records() + " of " + options.records() + " records");
        }
        return run;
    }

    /** The heap is what baler.worker.memory-per-export lets each export take, and what the rest needs. */
    private List<String> usualOptions() {
        var usual = new ArrayList<>(JAVA_OPTIONS);
        usual.add("-Xmx" + (HEAP_OF_ALL + HEAP_OF_EACH * options.atOnce()) + "m");
        return usual;
    }

    private ServerProcess source(Programs programs) throws IOException {
        progress.accept("making " + options.records() + " records");
        var memory = List.of(
                "-Xmx512m", "-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=" + BenchSource.mostBytes(options.records()));
        return opened(ServerProcess.start(programs.of(SourceServer.class, memory, String.valueOf(options.records()))));
    }

    private String sink(Programs programs) throws IOException {
        var rate = options.sinkRate() == null ? new String[0] : new String[] {String.valueOf(options.sinkRate())};
        var sink = opened(
                ServerProcess.start(programs.of(SinkServer.class, List.of("-Xmx64m", "-XX:+UseSerialGC"), rate)));
        return "http://127.0.0.1:" + sink.port();
    }

    private Task task(String jobs, @Nullable ServerProcess source, String endpoint) {
        var settings = new HashMap<>(Map.of(
                "baler.source.collection",
                options.collection(),
                // nothing is written while it is read
                "baler.source.settle",
                "0s",
                "baler.s3.endpoint",
                endpoint,
                "baler.s3.path-style",
                "true",
                "baler.s3.bucket",
                options.bucket()));
        if (options.s3Endpoint() == null) {
            settings.put("baler.s3.access-key", "bench");
            settings.put("baler.s3.secret-key", "bench");
        }
        settings.putAll(options.settings());
        return new Task(jobs, "run0", logs(source), options.format(), options.atOnce(), settings);
    }

    private Task.Source logs(@Nullable ServerProcess source) {
        if (source != null) {
            return new Task.Source("mongodb://127.0.0.1:" + source.port(), "bench", options.collection());
        }
        var uri = new ConnectionString(String.valueOf(options.sourceUri()));
        if (uri.getDatabase() == null) {
            throw new IllegalArgumentException("the source's address must name its database: mongodb://HOST/DATABASE");
        }
        return new Task.Source(uri.getConnectionString(), uri.getDatabase(), options.collection());
    }

    private <T extends Closeable> T opened(T closeable) {
        open.add(0, closeable);
        return closeable;
    }

    @Override
    public void close() throws IOException {
        for (var each : open) {
            each.close();
        }
    }
}
