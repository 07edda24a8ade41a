package io.baler.standalone;

import io.baler.job.ArchiveFormat;
import io.baler.standalone.client.ExportRequest.Filters;
import io.baler.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Requests an export, or comes back to one, and brings its archive. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Requests an export, follows it and downloads the archive.",
            "Ctrl-C leaves the export running; export --job ID comes back to it.",
        },
        footer = {
            "",
            "Examples:",
            "  ./baler export",
            "  ./baler export --user ada --user ben --action PAGE_DELETE --from 2026-01-01 --to 2026-03-31",
            "  ./baler export --format ndjson.gz --out logs.ndjson.gz",
            "  ./baler export --job 6592a1b0c0ffee0000000000 --out ada.zip",
        })
final class ExportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--user", paramLabel = "NAME", description = "Only what this user did; may be repeated.")
    private List<String> users = new ArrayList<>();

    @Option(
            names = "--user-id",
            paramLabel = "ID",
            description = "The same by id, as for users who were deleted; may be repeated.")
    private List<String> userIds = new ArrayList<>();

    @Option(names = "--action", paramLabel = "ACTION", description = "Only this action; may be repeated.")
    private List<String> actions = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "Only from then on, in ISO 8601; a day alone begins with its first millisecond in UTC.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description = "Only until then, in ISO 8601; a day alone ends with its last millisecond in UTC.")
    private @Nullable String to;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = FormatNames.class,
            description = {
                "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
                "Those with a dot are one compressed file, and manifest and signature come as files beside it;"
                        + " the others are a ZIP that holds them.",
            })
    private String format = "json";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the archive goes, a file or a directory (default: here, under the server's name).")
    private Path out = Path.of("");

    @Option(names = "--force", description = "Overwrite an existing file.")
    private boolean force;

    @Option(names = "--restart", description = "If the same export is running, start it anew instead of failing.")
    private boolean restart;

    @Option(names = "--job", paramLabel = "ID", description = "Come back to this export instead of requesting one.")
    private @Nullable String job;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var filters = new Filters(users, userIds, actions, from, to);
        if (job != null && (restart || !filters.equals(Filters.NONE))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--job comes back to an export as it was requested; leave filters and --restart out");
        }
        var target = new ArchiveTarget(out, force);
        target.requireWritable();
        var session = new ExportSession(terminal, server.client(terminal), server.repeated(), target);
        if (job != null) {
            session.comeBack(job);
        } else {
            session.request(filters, format, restart);
        }
        return ExitCode.OK;
    }

    /** For picocli, which makes one of it. */
    static final class FormatNames implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(ArchiveFormat.values())
                    .map(ArchiveFormat::value)
                    .iterator();
        }
    }
}
