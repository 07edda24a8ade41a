package io.baler.standalone;

import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import io.baler.standalone.stack.BalerDirectory;
import io.baler.standalone.stack.Connection;
import io.baler.standalone.stack.LogFile;
import io.baler.standalone.stack.ServiceSettings;
import io.baler.standalone.stack.Services;
import io.baler.standalone.stack.UntilStopped;
import io.baler.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs all of Baler until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs everything until Ctrl-C; the data outlive it.",
        footer = {
            "",
            "Examples:",
            "  ./baler serve",
            "  ./baler serve --port 9090 --data-dir /var/lib/baler",
            "  ./baler serve -- --baler.source.collection=events --baler.source.fields.time=eventTime",
        })
final class ServeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Of console and REST API, on 127.0.0.1; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where all data are kept (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory = Path.of(".baler");

    @Mixin
    private final SpringProperties properties = new SpringProperties();

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var arguments = properties.asArguments();
        Ports.require(spec, "--port", port);
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--server."))) {
            Ports.requireFree("--port", port);
        }
        var directory = BalerDirectory.make(dataDirectory);
        var token = directory.token();
        var signingKey = directory.signingKey();
        LogFile.open(directory.log());
        terminal.warn("starting MongoDB, Kafka and S3, then api, worker and cleanup");
        var stack = LocalStack.start(LocalStackSettings.in(dataDirectory));
        var services = Services.start(stack, new ServiceSettings(port, token, signingKey, arguments));
        var end = new UntilStopped(terminal, services::close);
        var connection = Connection.to(stack, services.url(), services.token());
        directory.write(connection);
        tell(connection);
        end.await();
        return ExitCode.OK;
    }

    private void tell(Connection connection) {
        terminal.say("\nBaler is running.\n");
        // behind the #, a browser keeps it to itself
        terminal.say("  console   " + connection.url() + "/#token=" + connection.token());
        terminal.say("  token     " + connection.token());
        ConnectionText.servers(connection).forEach(terminal::say);
        terminal.say("  data      " + dataDirectory + ", with the log in baler.log");
        terminal.say(
                "\nconnection.json there says the same, for \"import\" and \"export\". Ctrl-C stops; the data stay.");
    }
}
