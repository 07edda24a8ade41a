package io.baler.standalone;

import io.baler.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Shows all exports in a table. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the exports, newest first.",
        footer = {
            "",
            "Examples:",
            "  ./baler list",
            "  BALER_TOKEN=... ./baler list --url https://baler.example.org",
        })
final class ListCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var exports = server.client(terminal).list();
        if (exports.isEmpty()) {
            terminal.say("no exports yet; \"" + terminal.command() + " export\" requests one");
        } else {
            new ExportTable(exports).lines().forEach(terminal::say);
        }
        return ExitCode.OK;
    }
}
