package io.baler.standalone;

import io.baler.standalone.demo.Demo;
import io.baler.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the demo. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts everything with temporary data, exports sample logs, and verifies the archive.",
        footer = {
            "",
            "Examples:",
            "  ./baler demo",
            "  ./baler demo --records 200000 --out /tmp/demo",
            "  ./baler demo -- --baler.archive.logs-per-file=500",
        })
final class DemoCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "How many sample logs to make (default: ${DEFAULT-VALUE}).")
    private long records = 50_000;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the archive and the log go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("baler-demo");

    @Mixin
    private final SpringProperties properties = new SpringProperties();

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (records < 1) {
            throw new ParameterException(spec.commandLine(), "--records: must be at least 1, got " + records);
        }
        new Demo(terminal, out, records, properties.asArguments()).run();
        return ExitCode.OK;
    }
}
