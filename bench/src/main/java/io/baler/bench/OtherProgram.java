package io.baler.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program that is not Baler's, measured from outside on the same servers: it finds the logs by {@code BALER_BENCH_}
 * variables and S3 by those that AWS's SDKs know, and prints {@code records=} and {@code archiveBytes=} when it has
 * uploaded one archive. Its memory is the most that its processes have had at any one time.
 */
final class OtherProgram implements Measured {
    private static final long LOOK_MILLIS = 50;

    private final String command;
    private final Path said;

    /**
     * @param command for the shell
     * @param said file that its output goes into
     */
    OtherProgram(String command, Path said) {
        this.command = command;
        this.said = said;
    }

    @Override
    public Run run(Task task) throws IOException, InterruptedException {
        var program = new ProcessBuilder("sh", "-c", command)
                .redirectError(Redirect.INHERIT)
                .redirectOutput(said.toFile());
        tell(program.environment(), task);
        var cpu = ChildrenTime.from();
        long begun = System.nanoTime();
        var process = program.start();
        long peakRss = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            peakRss = Math.max(peakRss, rss(process));
        }
        double wall = (System.nanoTime() - begun) / 1e9;
        double cpuSeconds = cpu.seconds();
        if (process.exitValue() != 0) {
            throw new IOException("the program ended with " + process.exitValue() + ": " + command);
        }
        return new Run(wall, wall, cpuSeconds, peakRss, told("records"), told("archiveBytes"), Map.of(), "", "");
    }

    private static void tell(Map<String, String> environment, Task task) {
        environment.put("BALER_BENCH_SOURCE", task.source().uri());
        environment.put("BALER_BENCH_DATABASE", task.source().database());
        environment.put("BALER_BENCH_COLLECTION", task.source().collection());
        environment.put("BALER_BENCH_BUCKET", task.setting("baler.s3.bucket"));
        environment.put("AWS_ENDPOINT_URL_S3", task.setting("baler.s3.endpoint"));
        var accessKey = task.setting("baler.s3.access-key");
        // otherwise the SDK's own chain finds them, as for Baler
        if (!accessKey.isEmpty()) {
            environment.put("AWS_ACCESS_KEY_ID", accessKey);
            environment.put("AWS_SECRET_ACCESS_KEY", task.setting("baler.s3.secret-key"));
            environment.putIfAbsent("AWS_REGION", "us-east-1");
        }
    }

    private static long rss(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(each -> Memory.peakRss(each.pid()))
                .sum();
    }

    private long told(String name) throws IOException {
        return Pattern.compile("^" + name + "=(\\d{1,18})\\s*$", Pattern.MULTILINE)
                .matcher(Files.readString(said))
                .results()
                .map(MatchResult::group)
                .reduce((first, last) -> last)
                .map(line -> Long.parseLong(line.strip().substring(name.length() + 1)))
                .orElseThrow(() -> new IOException("the program has not printed " + name + "=N"));
    }
}
