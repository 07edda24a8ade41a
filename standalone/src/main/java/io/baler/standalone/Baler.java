package io.baler.standalone;

import io.baler.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's entry: exit code 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "baler",
        mixinStandardHelpOptions = true,
        versionProvider = Baler.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Bulk export of audit logs: every matching record exactly once, in one verifiable archive.",
        footer = {
            "",
            "Try it:",
            "  ./baler demo                                   everything once",
            "",
            "Use it:",
            "  ./baler serve                                  until Ctrl-C",
            "  ./baler import logs.ndjson                     in another terminal",
            "  ./baler export --user ada --from 2026-01-01    one archive",
            "  ./baler verify audit-logs-....zip              is it as it was signed?",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage. BALER_DEBUG=1 shows stack traces.",
        })
public final class Baler implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Baler() {}

    public static void main(String[] arguments) {
        var terminal = Terminal.ofThisProcess();
        System.exit(Endings.ofErrors(terminal, () -> commandLine(terminal).execute(arguments)));
    }

    static CommandLine commandLine(Terminal terminal) {
        var line = new CommandLine(new Baler())
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new ServeCommand(terminal))
                .addSubcommand(new ImportCommand(terminal))
                .addSubcommand(new ExportCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new KeysCommand(terminal))
                .addSubcommand(new ListCommand(terminal))
                .addSubcommand(new RestartCommand(terminal))
                .addSubcommand(new CancelCommand(terminal))
                .addSubcommand(new TopicsCommand(terminal))
                .addSubcommand(new RequeueDeadLettersCommand(terminal))
                .addSubcommand(new LocalCommand(terminal))
                .addSubcommand(new BenchCommand(terminal));
        return Endings.install(line, terminal);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            var version = Baler.class.getPackage().getImplementationVersion();
            return new String[] {"Baler " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
