package io.baler.bench;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Starts classes of this program as processes of their own. A jar that holds its libraries inside is unpacked first, as
 * an image of the worker has it: reading classes out of a jar in a jar is slow, and cannot be prepared.
 */
final class Programs implements Closeable {
    /** Of libraries that call native code. */
    private static final int FIRST_JAVA_THAT_WARNS = 24;

    private final String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private final Path directory;
    private final String classPath;
    private final boolean areInJars;

    private Programs(Path directory, String classPath, boolean areInJars) {
        this.directory = directory;
        this.classPath = classPath;
        this.areInJars = areInJars;
    }

    static Programs prepare() throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("baler-bench");
        var own = System.getProperty("java.class.path");
        boolean isPacked = !own.contains(File.pathSeparator) && own.endsWith("-exec.jar");
        if (!isPacked) {
            return new Programs(directory, own, false);
        }
        var unpacked = directory.resolve("jar");
        var jar = unpacked.resolve(Path.of(own).getFileName());
        var programs = new Programs(directory, jar.toString(), true);
        programs.unpack(own, unpacked);
        return programs;
    }

    private void unpack(String jar, Path into) throws IOException, InterruptedException {
        var unpacking = new ProcessBuilder(
                        java, "-Djarmode=tools", "-jar", jar, "extract", "--destination", into.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        if (unpacking.waitFor() != 0) {
            throw new IOException(jar + " could not be unpacked into " + into);
        }
    }

    /** A file of this benchmark's own, which goes when it ends. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** Whether a JVM can write down which classes it needs, which it does of jars only. */
    boolean areInJars() {
        return areInJars;
    }

    /** Not started yet. Its errors are shown with this program's. */
    ProcessBuilder of(Class<?> program, List<String> options, String... arguments) {
        var command = new ArrayList<>(List.of(java));
        command.addAll(options);
        if (Runtime.version().feature() >= FIRST_JAVA_THAT_WARNS) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-Dlogback.configurationFile=io/baler/bench/logback-bench.xml", "-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
