package io.baler.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that is not Baler's, measured from outside on the same servers: it finds the logs by {@code BALER_BENCH_}
 * variables and S3 by those that AWS's SDKs know, and prints {@code records=} and {@code archiveBytes=} when it has
 * uploaded one archive.
 */
final class OtherProgram implements Measured {
    private static final long LOOK_MILLIS = 50;

    /** Of the processes that this one has waited for, and of theirs, in {@code /proc/self/stat} after the name. */
    private static final int CHILDREN_USER_TIME = 13;

    private static final int CHILDREN_SYSTEM_TIME = 14;

    private final String command;

    /** @param command for the shell */
    OtherProgram(String command) {
        this.command = command;
    }

    @Override
    public Run run(Task task) throws IOException, InterruptedException {
        var program = new ProcessBuilder("sh", "-c", command).redirectError(Redirect.INHERIT);
        var environment = program.environment();
        environment.put("BALER_BENCH_SOURCE", task.source().uri());
        environment.put("BALER_BENCH_DATABASE", task.source().database());
        environment.put("BALER_BENCH_COLLECTION", task.source().collection());
        environment.put("BALER_BENCH_BUCKET", task.setting("baler.s3.bucket"));
        environment.put("AWS_ENDPOINT_URL_S3", task.setting("baler.s3.endpoint"));
        // of no meaning to the benchmark's own sink, but the SDKs do not begin without
        environment.putIfAbsent("AWS_REGION", "us-east-1");
        environment.putIfAbsent("AWS_ACCESS_KEY_ID", "bench");
        environment.putIfAbsent("AWS_SECRET_ACCESS_KEY", "bench");
        double cpuBefore = childrensSeconds();
        long begun = System.nanoTime();
        var process = program.start();
        Map<Long, Long> peaks = new HashMap<>();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .forEach(each -> peaks.merge(each.pid(), Memory.peakRss(each.pid()), Math::max));
        }
        double wall = (System.nanoTime() - begun) / 1e9;
        var said = new Properties();
        try (var out = process.inputReader()) {
            said.load(out);
        }
        if (process.exitValue() != 0) {
            throw new IOException("the program ended with " + process.exitValue() + ": " + command);
        }
        return new Run(
                wall,
                wall,
                childrensSeconds() - cpuBefore,
                peaks.values().stream().mapToLong(Long::longValue).sum(),
                told(said, "records"),
                told(said, "archiveBytes"),
                Map.of(),
                "",
                "");
    }

    private static long told(Properties said, String name) throws IOException {
        try {
            return Long.parseLong(said.getProperty(name, "").strip());
        } catch (NumberFormatException untold) {
            throw new IOException("the program has not printed " + name + "=N", untold);
        }
    }

    private static double childrensSeconds() throws IOException {
        var stat = Files.readString(Path.of("/proc/self/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[CHILDREN_USER_TIME]) + Long.parseLong(fields[CHILDREN_SYSTEM_TIME]))
                / ThreadTimes.TICKS_PER_SECOND;
    }
}
