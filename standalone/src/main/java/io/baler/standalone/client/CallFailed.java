package io.baler.standalone.client;

import io.baler.standalone.terminal.CommandFailed;
import org.jspecify.annotations.Nullable;

/** A call that did not bring what was asked for. */
public abstract sealed class CallFailed extends CommandFailed permits Unreachable, ApiProblem, StorageRefused {

    CallFailed(String line, @Nullable Throwable cause) {
        super(line, cause);
    }

    /** Whether the same call may work in a moment. */
    abstract boolean mayPass();
}
