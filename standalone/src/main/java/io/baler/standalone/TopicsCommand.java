package io.baler.standalone;

import io.baler.standalone.kafka.Tail;
import io.baler.standalone.kafka.TopicTable;
import io.baler.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the topics to those who have no Kafka UI at hand. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the topics, what waits in them, and their newest messages.",
            "WAITING: requests that no worker has taken yet, dead letters that no requeue has come by yet.",
        },
        footer = {
            "",
            "Examples:",
            "  ./baler topics",
            "  ./baler topics --follow",
            "  ./baler topics --kafka kafka.example:9093 --kafka-config client.properties",
        })
final class TopicsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--follow", description = "Goes on with the messages that come, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--last", paramLabel = "N", description = "How many messages (default: ${DEFAULT-VALUE}).")
    private int last = 20;

    @Option(names = "--whole", description = "Long messages to their end.")
    private boolean whole;

    TopicsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (last < 0) {
            throw new ParameterException(spec.commandLine(), "--last: must be at least 0, got " + last);
        }
        var topics = kafka.topics();
        var broker = kafka.broker();
        new TopicTable(broker, topics).lines().forEach(terminal::say);
        terminal.say("");
        new Tail(broker, topics, terminal::say, whole).show(last, follow);
        return ExitCode.OK;
    }
}
