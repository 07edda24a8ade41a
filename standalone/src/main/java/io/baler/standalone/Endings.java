package io.baler.standalone;

import io.baler.local.LocalStackFailed;
import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** How a command ends when it does not end well: with one line on standard error, and no stack trace. */
final class Endings {

    private final Terminal terminal;

    private Endings(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandLine install(CommandLine line, Terminal terminal) {
        var endings = new Endings(terminal);
        return line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((failure, arguments) -> endings.wrongUsage(failure))
                .setExecutionExceptionHandler(endings::failed);
    }

    /** What picocli lets through: not the command failed, but the JVM. */
    static int ofErrors(Terminal terminal, IntSupplier command) {
        try {
            return command.getAsInt();
        } catch (OutOfMemoryError e) {
            terminal.warn("baler: Java has no memory left; BALER_JAVA_OPTS=-Xmx2g gives it more");
            return ExitCode.SOFTWARE;
        }
    }

    private int wrongUsage(ParameterException failure) {
        var command = failure.getCommandLine().getCommandSpec().qualifiedName();
        var help = command.replaceFirst("baler", Matcher.quoteReplacement(terminal.command())) + " --help";
        terminal.warn(command + ": " + Terminal.plain(String.valueOf(failure.getMessage())) + " (\"" + help
                + "\" says more)");
        trace(failure);
        return ExitCode.USAGE;
    }

    private int failed(Exception failure, CommandLine line, ParseResult parsed) {
        // whoever has stopped the process need not hear what that has broken
        if (!isStopping()) {
            terminal.warn("baler: " + reason(failure));
            trace(failure);
        }
        return ExitCode.SOFTWARE;
    }

    /** The JVM tells only by refusing another hook. */
    private static boolean isStopping() {
        var hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static String reason(Exception failure) {
        if (failure instanceof CommandFailed || failure instanceof LocalStackFailed) {
            return String.valueOf(failure.getMessage());
        }
        return "something unforeseen went wrong: " + Terminal.plain(failure.toString())
                + " (BALER_DEBUG=1 shows where)";
    }

    private void trace(Exception failure) {
        if (terminal.isDebugging()) {
            failure.printStackTrace(terminal.err());
        }
    }
}
