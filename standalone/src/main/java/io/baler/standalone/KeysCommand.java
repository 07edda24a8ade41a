package io.baler.standalone;

import io.baler.job.evidence.VerificationKey;
import io.baler.standalone.client.PublishedKey;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Reason;
import io.baler.standalone.terminal.Terminal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings the public keys that archives are verified with. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the server's public keys in PEM form, for \"verify --public-key\".",
            "Who must not trust the server keeps a copy, or compares the ids with those that its operator names.",
        },
        footer = {
            "",
            "Examples:",
            "  ./baler keys > keys.pem",
            "  ./baler keys --out keys.pem --url https://baler.example.org",
        })
final class KeysCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "A new file that the keys go into (default: standard output).")
    private @Nullable Path out;

    @Option(names = "--force", description = "Overwrite an existing file.")
    private boolean force;

    KeysCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var keys = server.client(terminal).keys();
        if (keys.isEmpty()) {
            throw new CommandFailed("the server has no keys yet: its first worker makes its own known when it starts");
        }
        var pem = keys.stream().map(KeysCommand::pem).collect(Collectors.joining());
        if (out == null) {
            terminal.out().print(pem);
            terminal.out().flush();
        } else {
            write(out, pem);
            terminal.say(out + ": " + keys.stream().map(key -> read(key).id()).collect(Collectors.joining(", ")));
        }
        return ExitCode.OK;
    }

    /** What stands around a key is for people; programs pass over it. */
    private static String pem(PublishedKey published) {
        var key = read(published);
        var since = published.since() == null ? "" : Terminal.plain(", in use since " + published.since());
        return "key " + key.id() + since + "\n" + key.pem();
    }

    private static VerificationKey read(PublishedKey published) {
        try {
            return VerificationKey.ofPem(published.publicKey()).get(0);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    "the server's key " + Terminal.plain(published.id()) + " is none: " + e.getMessage(), e);
        }
    }

    private void write(Path file, String text) {
        try {
            if (force) {
                Files.writeString(file, text);
            } else {
                Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
            }
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(file + " exists already; --force overwrites it", e);
        } catch (IOException e) {
            throw new CommandFailed(file + " cannot be written: " + Reason.of(e), e);
        }
    }
}
