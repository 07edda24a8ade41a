package io.baler.standalone;

import io.baler.standalone.kafka.DeadLetters;
import io.baler.standalone.kafka.DeadLetters.Choice;
import io.baler.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends refused requests again, once what was in their way is gone. */
@Command(
        name = "requeue-dead-letters",
        mixinStandardHelpOptions = true,
        description = {
            "Sends the requests again that were refused since the last time, unchanged.",
            "A worker judges them anew: what may be done by now is done, once; the rest comes back as dead letters.",
        },
        footer = {
            "",
            "Examples:",
            "  ./baler requeue-dead-letters --dry-run",
            "  ./baler requeue-dead-letters",
            "  ./baler requeue-dead-letters --all --job 6592a1b0c0ffee0000000000",
        })
final class RequeueDeadLettersCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--dry-run", description = "Only lists them.")
    private boolean dryRun;

    @Option(names = "--all", description = "From the beginning, those too that were sent again earlier.")
    private boolean all;

    @Option(
            names = "--malformed",
            description =
                    "Those too that are refused as they are, whatever is changed elsewhere; with --all those of earlier calls.")
    private boolean malformed;

    @Option(
            names = "--job",
            paramLabel = "ID",
            description = "Only those with this key, an export's id; they count as not sent yet.")
    private @Nullable String job;

    RequeueDeadLettersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var letters = new DeadLetters(kafka.broker(), kafka.topics(), new Choice(all, malformed, job), terminal::say);
        var count = letters.requeue(dryRun);
        terminal.say((dryRun ? "would send " : "sent ") + count.sent() + " of " + count.seen() + " dead letters again"
                + (count.sent() == count.seen() ? "" : "; the others stay where they are"));
        return ExitCode.OK;
    }
}
