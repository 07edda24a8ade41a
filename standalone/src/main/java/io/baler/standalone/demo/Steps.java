package io.baler.standalone.demo;

import io.baler.standalone.terminal.Terminal;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Tells what the demo does, one line a step, with the time it took. */
final class Steps {

    private static final int WIDTH = 58;

    private final Terminal terminal;

    Steps(Terminal terminal) {
        this.terminal = terminal;
    }

    void time(String what, Runnable step) {
        time(what, () -> {
            step.run();
            return what;
        });
    }

    <T> T time(String what, Supplier<T> step) {
        terminal.out().print("  " + what + " ");
        terminal.out().flush();
        var begun = System.nanoTime();
        try {
            var result = step.get();
            done(what, begun);
            return result;
        } catch (RuntimeException e) {
            terminal.say("");
            throw e;
        }
    }

    /** For a step that draws a progress of its own: the line comes at its end. */
    <T> T timeAfterwards(String what, Supplier<T> step) {
        var begun = System.nanoTime();
        var result = step.get();
        terminal.out().print("  " + what + " ");
        done(what, begun);
        return result;
    }

    void timeAfterwards(String what, Runnable step) {
        timeAfterwards(what, () -> {
            step.run();
            return what;
        });
    }

    private void done(String what, long begun) {
        var seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
        terminal.say(String.format(Locale.ROOT, "%s %4.1f s", ".".repeat(Math.max(1, WIDTH - what.length())), seconds));
    }
}
