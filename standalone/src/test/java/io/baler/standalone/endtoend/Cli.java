package io.baler.standalone.endtoend;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Programs of Baler as processes of their own, as a person or an operator starts them. */
final class Cli {
    private static final long LONGEST_MINUTES = 4;

    private Cli() {}

    record Result(int exitCode, String out, String err) {}

    /** Runs a command of the command line to its end. */
    static Result run(Path directory, String... arguments) {
        var out = temporary();
        var err = temporary();
        try {
            var process = java(directory, "io.baler.standalone.Baler", Map.of(), arguments)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + LONGEST_MINUTES + " minutes: " + List.of(arguments));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Prepares a service of those that this module is made of: without what is this module's own, as in production. */
    static ProcessBuilder service(Path directory, Class<?> application, Map<String, String> environment) {
        var entries = System.getProperty("java.class.path").split(File.pathSeparator);
        var others = Stream.of(entries)
                .filter(entry -> !Path.of(entry).endsWith("standalone/target/classes")
                        && !Path.of(entry).endsWith("standalone/target/test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        return java(others, directory, application.getName(), environment);
    }

    /** Prepares a program of the test's class path. */
    static ProcessBuilder java(Path directory, String mainClass, Map<String, String> environment, String... arguments) {
        return java(System.getProperty("java.class.path"), directory, mainClass, environment, arguments);
    }

    private static ProcessBuilder java(
            String classPath, Path directory, String mainClass, Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                mainClass));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    private static Path temporary() {
        try {
            var file = Files.createTempFile("baler", StandardCharsets.UTF_8.name());
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
