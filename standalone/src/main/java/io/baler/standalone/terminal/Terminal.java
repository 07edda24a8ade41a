package io.baler.standalone.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * The person or script in front of a command.
 *
 * @param in standard input
 * @param out results
 * @param err progress, warnings, errors
 * @param columns width of the terminal that {@code err} goes to, or 0 if it is none
 * @param command how Baler was called, to be repeated in hints
 * @param env environment variables
 */
public record Terminal(
        InputStream in, PrintStream out, PrintStream err, int columns, String command, Map<String, String> env) {

    private static final int NARROWEST = 40;

    /** The process's own. The start script looks at the terminal, because the JVM cannot before JDK 22. */
    public static Terminal ofThisProcess() {
        return new Terminal(
                System.in,
                System.out,
                System.err,
                Integer.getInteger("baler.columns", 0),
                System.getProperty("baler.command", "./baler"),
                System.getenv());
    }

    /** Whether lines can be drawn over again. */
    public boolean isInteractive() {
        return columns >= NARROWEST && !"dumb".equals(env.get("TERM"));
    }

    public boolean isDebugging() {
        return env.containsKey("BALER_DEBUG");
    }

    public void say(String line) {
        out.println(line);
        out.flush();
    }

    public void warn(String line) {
        err.println(line);
        err.flush();
    }

    /** Text from elsewhere, made safe to print: control characters could move the cursor or break the line. */
    public static String plain(String text) {
        return text.replaceAll("\\p{Cc}+", " ").strip();
    }
}
