package io.baler.standalone;

import io.baler.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Stops a running export. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Stops a running export for good.",
        footer = {
            "",
            "Example:",
            "  ./baler cancel 6592a1b0c0ffee0000000000",
        })
final class CancelCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "The export, as \"list\" names it.")
    private String id = "";

    CancelCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        server.client(terminal).cancel(id);
        terminal.say("cancelled " + id);
        return ExitCode.OK;
    }
}
