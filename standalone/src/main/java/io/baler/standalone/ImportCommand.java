package io.baler.standalone;

import io.baler.standalone.load.ImportResult;
import io.baler.standalone.load.ImportSettings;
import io.baler.standalone.load.LogDatabase;
import io.baler.standalone.load.LogImport;
import io.baler.standalone.load.LogInput;
import io.baler.standalone.progress.Progress;
import io.baler.standalone.progress.Unit;
import io.baler.standalone.stack.BalerDirectory;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads logs into MongoDB. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Loads logs from NDJSON, a JSON array or mongoexport's output, plain or gzip, into MongoDB as they are.",
            "A bad record is named with its line, the others are loaded, and the exit code is 1.",
        },
        footer = {
            "",
            "Examples:",
            "  ./baler import logs.ndjson",
            "  mongoexport --collection activities | ./baler import -",
            "  ./baler import --drop --strict --time-field eventTime trail-*.json.gz",
        })
final class ImportCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    private static final double NANOS = 1e9;

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files with logs; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--mongodb",
            paramLabel = "URI",
            description = "Connection string, which names the database (default: of the data directory).")
    private @Nullable String uri;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where \"serve\" keeps its data (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory = Path.of(".baler");

    @Option(names = "--collection", paramLabel = "NAME", description = "Where to (default: ${DEFAULT-VALUE}).")
    private String collection = "activities";

    @Option(
            names = "--time-field",
            paramLabel = "PATH",
            description = "Whose ISO 8601 text becomes a date; dots lead into objects (default: ${DEFAULT-VALUE}).")
    private String timeField = "createdAt";

    @Option(names = "--drop", description = "Drop the collection first.")
    private boolean drop;

    @Option(names = "--strict", description = "Read and check everything first; load all of it or nothing.")
    private boolean strict;

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireRightUsage();
        // before anything else is tried; standard input cannot be looked at beforehand
        files.stream()
                .filter(file -> !file.equals(STANDARD_INPUT))
                .map(Path::of)
                .forEach(LogInput::of);
        var begun = System.nanoTime();
        var inputs = new ArrayList<LogInput>();
        try (var database = LogDatabase.open(uri())) {
            files.forEach(file -> inputs.add(input(file)));
            ImportResult result;
            try (var progress = Progress.on(terminal, "importing", Unit.bytes(LogInput.totalSize(inputs)))) {
                var settings = new ImportSettings(timeField, drop, strict);
                result = new LogImport(database.collection(collection), settings, progress).run(inputs);
            }
            var report = new ImportReport(result, database + "." + collection, timeField, strict);
            report.print(terminal, (System.nanoTime() - begun) / NANOS);
            return result.bad() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } finally {
            inputs.forEach(LogInput::close);
        }
    }

    private LogInput input(String file) {
        var input = file.equals(STANDARD_INPUT) ? LogInput.of(terminal.in()) : LogInput.of(Path.of(file));
        return strict ? input.readableTwice() : input;
    }

    private String uri() {
        var found = uri != null
                ? uri
                : BalerDirectory.at(dataDirectory).connection().mongodb();
        if (found == null) {
            throw new CommandFailed("connection.json in " + dataDirectory + " has no \"mongodb\"");
        }
        return found;
    }

    private void requireRightUsage() {
        if (timeField.isEmpty() || timeField.startsWith(".") || timeField.endsWith(".") || timeField.contains("..")) {
            throw new ParameterException(spec.commandLine(), "--time-field: \"" + timeField + "\" is no path");
        }
        if (Collections.frequency(files, STANDARD_INPUT) > 1) {
            throw new ParameterException(spec.commandLine(), "standard input can be read only once");
        }
    }
}
