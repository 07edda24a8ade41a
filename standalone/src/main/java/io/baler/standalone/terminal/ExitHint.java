package io.baler.standalone.terminal;

import java.util.function.Supplier;

/** Says something when the process is stopped, as by Ctrl-C, in the midst of something. */
public final class ExitHint {

    private ExitHint() {}

    public static <T> T during(Supplier<T> work, Terminal terminal, String line) {
        var hook = new Thread(() -> terminal.warn(System.lineSeparator() + line), "exit-hint");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process is being stopped, and the hook does what it is for
            }
        }
    }
}
