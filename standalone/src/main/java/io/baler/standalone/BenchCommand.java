package io.baler.standalone;

import io.baler.bench.Bench;
import io.baler.bench.BenchOptions;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how fast this machine exports. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the worker's engine, or another program beside it: exports made-up logs from a source to a sink that"
                    + " are as fast as memory.",
            "The exporter is a process of its own, from its start to its end; so are the servers. Linux only.",
        },
        footer = {
            "",
            "Examples:",
            "  ./baler bench --records 1000000 --repeat 5",
            "  ./baler bench --source-uri mongodb://127.0.0.1/logs --s3-endpoint http://127.0.0.1:9000 --bucket exports",
        })
final class BenchCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--records", paramLabel = "N", description = "Records of the source (default: ${DEFAULT-VALUE}).")
    private int records = 1_000_000;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Of the archive (default: ${DEFAULT-VALUE}).")
    private String format = "json";

    @Option(names = "--source-uri", paramLabel = "URI", description = "Read from this MongoDB; names its database.")
    private @Nullable String sourceUri;

    @Option(names = "--collection", paramLabel = "NAME", description = "Of logs (default: ${DEFAULT-VALUE}).")
    private String collection = "activities";

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "Write to this S3 server; credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
    private @Nullable String s3Endpoint;

    @Option(names = "--bucket", paramLabel = "NAME", description = "There (default: ${DEFAULT-VALUE}).")
    private String bucket = "bench";

    @Option(
            names = "--sink-rate",
            paramLabel = "MB/S",
            description = "Of each connection that the benchmark's own sink takes, as a storage further away would.")
    private @Nullable Integer sinkRate;

    @Option(names = "--repeat", paramLabel = "K", description = "Measured runs (default: ${DEFAULT-VALUE}).")
    private int repeat = 3;

    @Option(
            names = "--at-once",
            paramLabel = "K",
            description = "Exports that run at the same time, each of everything (default: ${DEFAULT-VALUE}).")
    private int atOnce = 1;

    @Option(
            names = "--command",
            paramLabel = "PROGRAM",
            description = "Measure this program instead, run by the shell. It is told where by BALER_BENCH_SOURCE,"
                    + " _DATABASE, _COLLECTION and _BUCKET and by AWS_ENDPOINT_URL_S3, and prints records=N and"
                    + " archiveBytes=N. What it leaves running is not counted.")
    private @Nullable String command;

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description = "Of the exporter's virtual machine; once for each, in place of the usual ones.")
    private List<String> javaOptions = List.of();

    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description = "A setting of the worker, such as baler.archive.compression-level=1.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        requireWithin("--records", records, Bench.MOST_RECORDS);
        requireWithin("--sink-rate", sinkRate == null ? 1 : sinkRate, 10_000);
        requireWithin("--repeat", repeat, 1_000);
        requireWithin("--at-once", atOnce, 64);
        if (command != null) {
            Stream.of("--format", "--at-once", "--java-option", "--set").forEach(this::refuseWithCommand);
        }
        var options = new BenchOptions(
                records,
                format,
                sourceUri,
                collection,
                s3Endpoint,
                bucket,
                sinkRate,
                repeat,
                atOnce,
                command,
                javaOptions,
                settings);
        try (var bench = new Bench(options, terminal::warn)) {
            var report = bench.run();
            terminal.say(json ? report.asJson() : report.asText());
        } catch (IOException | IllegalArgumentException failure) {
            throw new CommandFailed("the benchmark ended early: " + failure.getMessage());
        }
        return ExitCode.OK;
    }

    private void refuseWithCommand(String option) {
        if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Option '" + option + "' is of Baler's exporter and means nothing to '--command'");
        }
    }

    private void requireWithin(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '" + option + "': must be 1 to " + most + ", got " + value);
        }
    }
}
