package io.baler.standalone;

import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import io.baler.standalone.stack.BalerDirectory;
import io.baler.standalone.stack.Connection;
import io.baler.standalone.stack.LogFile;
import io.baler.standalone.stack.Services;
import io.baler.standalone.stack.UntilStopped;
import io.baler.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the embedded servers without Baler's services. */
@Command(
        name = "local",
        mixinStandardHelpOptions = true,
        description = "Runs MongoDB, Kafka and S3 alone, for services that are started by hand, until Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  ./baler local",
            "  ./baler local --mongodb-port 27017 --kafka-port 9092 --s3-port 9000",
        })
final class LocalCommand implements Callable<Integer> {

    private static final String DEFAULT_PORT = " port on 127.0.0.1; 0 takes a free one (default: ${DEFAULT-VALUE}).";

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where all data are kept (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory = Path.of(".baler");

    @Option(names = "--mongodb-port", paramLabel = "PORT", description = "MongoDB's" + DEFAULT_PORT)
    private int mongodbPort;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Kafka's" + DEFAULT_PORT)
    private int kafkaPort;

    @Option(names = "--s3-port", paramLabel = "PORT", description = "S3's" + DEFAULT_PORT)
    private int s3Port;

    LocalCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Ports.require(spec, "--mongodb-port", mongodbPort);
        Ports.require(spec, "--kafka-port", kafkaPort);
        Ports.require(spec, "--s3-port", s3Port);
        var directory = BalerDirectory.make(dataDirectory);
        var token = directory.token();
        directory.signingKey();
        LogFile.open(directory.log());
        terminal.warn("starting MongoDB, Kafka and S3");
        var stack = LocalStack.start(new LocalStackSettings(dataDirectory, mongodbPort, kafkaPort, s3Port));
        var end = new UntilStopped(terminal, stack::close);
        stack.s3().createBucket(Services.BUCKET);
        // the api's own default address: import and export find an api that is started with what is printed here
        var connection = Connection.to(stack, "http://127.0.0.1:8080", token);
        directory.write(connection);
        tell(connection, directory.signingKeyFile().toAbsolutePath());
        end.await();
        return ExitCode.OK;
    }

    private void tell(Connection connection, Path signingKey) {
        terminal.say("\nMongoDB, Kafka and S3 are running.\n");
        ConnectionText.servers(connection).forEach(terminal::say);
        var properties = ConnectionText.properties(connection, signingKey);
        terminal.say("\nFor api, worker and cleanup, as environment variables:\n");
        properties.forEach(
                (name, value) -> terminal.say("export " + ConnectionText.variable(name) + "='" + value + "'"));
        terminal.say("\nor as properties:\n");
        properties.forEach((name, value) -> terminal.say("  --" + name + "=" + value));
        terminal.say("\nconnection.json in " + dataDirectory
                + " says the same, for \"import\" and \"export\". Ctrl-C stops; the data stay.");
    }
}
