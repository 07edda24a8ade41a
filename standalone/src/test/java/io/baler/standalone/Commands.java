package io.baler.standalone;

import io.baler.standalone.terminal.RecordedTerminal;
import java.util.List;

/** Runs commands in this process. */
public final class Commands {

    private Commands() {}

    public record Result(int exitCode, String out, String err) {

        public List<String> errLines() {
            return err.lines().toList();
        }
    }

    public static Result run(String... arguments) {
        return run(new RecordedTerminal(), arguments);
    }

    public static Result run(RecordedTerminal recorded, String... arguments) {
        var exitCode = Baler.commandLine(recorded.terminal()).execute(arguments);
        return new Result(exitCode, recorded.out(), recorded.err());
    }
}
