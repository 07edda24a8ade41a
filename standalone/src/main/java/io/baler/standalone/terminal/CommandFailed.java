package io.baler.standalone.terminal;

import org.jspecify.annotations.Nullable;

/** Ends the command: its message is the one line that people read, the exit code is 1. */
public class CommandFailed extends RuntimeException {

    public CommandFailed(String line) {
        this(line, null);
    }

    public CommandFailed(String line, @Nullable Throwable cause) {
        super(line, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
