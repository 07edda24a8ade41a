package io.baler.standalone.client;

import io.baler.standalone.terminal.CommandFailed;
import java.time.Duration;

/** Waits before the next call, and ends the command when it is interrupted. */
final class Pause {

    private Pause() {}

    static void of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted", e);
        }
    }
}
