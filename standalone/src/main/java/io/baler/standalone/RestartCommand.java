package io.baler.standalone;

import io.baler.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Starts a running export anew. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description = "Starts a running export again from the beginning.",
        footer = {
            "",
            "Example:",
            "  ./baler restart 6592a1b0c0ffee0000000000",
        })
final class RestartCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "The export, as \"list\" names it.")
    private String id = "";

    RestartCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        server.client(terminal).restart(id);
        terminal.say("restarted; follow it with: " + terminal.command() + " export --job " + id + server.repeated());
        return ExitCode.OK;
    }
}
