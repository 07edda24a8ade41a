package io.baler.bench;

import io.baler.bench.exporter.Exporter;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the exporter, a process of its own each time, and measures it from outside. */
final class ExporterProcess implements Measured {
    private static final long LOOK_MILLIS = 100;

    /** From here on a cache holds, besides the classes, which methods were hot (JEP 515), in one step (JEP 514). */
    private static final int FIRST_JAVA_WITH_PROFILES = 25;

    private static final Preparation PREPARATION = Runtime.version().feature() >= FIRST_JAVA_WITH_PROFILES
            ? new Preparation(List.of("-XX:AOTCacheOutput=%s", "-Xlog:aot=off"), List.of("-XX:AOTCache=%s"))
            : new Preparation(
                    List.of("-XX:ArchiveClassesAtExit=%s", "-Xlog:cds=off", "-Xlog:cds+dynamic=off"),
                    List.of("-XX:SharedArchiveFile=%s"));

    /** What a virtual machine is told to write down what it needs, and to begin with that; {@code %s} is the file. */
    private record Preparation(List<String> writing, List<String> reading) {}

    private final Programs programs;
    private final List<String> options;

    /** @param options of its virtual machine */
    ExporterProcess(Programs programs, List<String> options) {
        this.programs = programs;
        this.options = options;
    }

    /** Runs once without measuring, and writes down which classes are needed, so that later runs need not look for them. */
    ExporterProcess trained(Task task) throws IOException, InterruptedException {
        if (!programs.areInJars()) {
            run(task);
            return this;
        }
        new ExporterProcess(programs, with(PREPARATION.writing())).run(task);
        return new ExporterProcess(programs, with(PREPARATION.reading()));
    }

    private List<String> with(List<String> more) {
        var file = programs.file("exporter-classes").toString();
        return Stream.concat(options.stream(), more.stream().map(option -> option.formatted(file)))
                .toList();
    }

    @Override
    public Run run(Task task) throws IOException, InterruptedException {
        var program = programs.of(Exporter.class, options);
        program.environment().putAll(task.environment());
        // as in the images
        program.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        var cpu = ChildrenTime.from();
        long begun = System.nanoTime();
        var process = program.start();
        var stages = new ThreadTimes(process.pid());
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            stages.look();
        }
        double wall = (System.nanoTime() - begun) / 1e9;
        double cpuSeconds = cpu.seconds();
        var said = new Properties();
        try (var out = process.inputReader()) {
            said.load(out);
        }
        if (process.exitValue() != 0) {
            throw new IOException("the exporter ended with " + process.exitValue());
        }
        return new Run(
                wall,
                number(said, "exportNanos") / 1e9,
                cpuSeconds,
                number(said, "peakRssBytes"),
                number(said, "records"),
                number(said, "archiveBytes"),
                stages.seconds(),
                said.getProperty("sha256"),
                said.getProperty("engine"));
    }

    private static long number(Properties said, String name) {
        return Long.parseLong(said.getProperty(name));
    }
}
