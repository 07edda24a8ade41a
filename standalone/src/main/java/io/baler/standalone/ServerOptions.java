package io.baler.standalone;

import io.baler.standalone.client.BalerClient;
import io.baler.standalone.stack.BalerDirectory;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which server a command talks to. */
final class ServerOptions {

    private static final Path DEFAULT = Path.of(".baler");

    @Option(names = "--url", paramLabel = "URL", description = "The server's address (default: of the data directory).")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The server's token (default: the environment's BALER_TOKEN, which other users cannot see in"
                    + " the list of processes; else of the data directory).")
    private @Nullable String token;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where \"serve\" keeps its data, and tells its address and token (default: .baler).")
    private Path dataDirectory = DEFAULT;

    BalerClient client(Terminal terminal) {
        var givenToken = token != null ? token : terminal.env().get("BALER_TOKEN");
        if (url != null && givenToken != null) {
            return new BalerClient(url, givenToken);
        }
        var directory = BalerDirectory.at(dataDirectory);
        // the stored token is for the stored address, and goes nowhere else
        if (url != null
                && !(directory.hasConnection()
                        && url.equals(directory.connection().url()))) {
            throw new CommandFailed("with --url the server's token is needed, too: --token or BALER_TOKEN");
        }
        var connection = directory.connection();
        return new BalerClient(
                required(connection.url(), "url"),
                givenToken != null ? givenToken : required(connection.token(), "token"));
    }

    /** The given options again, for a hint of what to type next; never the token. */
    String repeated() {
        return (url == null ? "" : " --url " + url)
                + (dataDirectory.equals(DEFAULT) ? "" : " --data-dir " + dataDirectory);
    }

    private String required(@Nullable String value, String name) {
        if (value == null) {
            throw new CommandFailed("connection.json in " + dataDirectory + " has no \"" + name + "\"");
        }
        return value;
    }
}
