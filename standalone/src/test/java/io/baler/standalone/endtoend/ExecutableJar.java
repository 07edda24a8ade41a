package io.baler.standalone.endtoend;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;

/** What operators start with {@code java -jar}. {@code ./mvnw verify} has made it before this module's tests run. */
final class ExecutableJar {
    private static final Path ROOT = Path.of("..");
    private static final String CLASSES = "BOOT-INF/classes/";

    private ExecutableJar() {}

    static Path of(String service) {
        return ROOT.resolve(service)
                .resolve("target/baler-" + service + "-exec.jar")
                .toAbsolutePath()
                .normalize();
    }

    /** Whether it is there and holds the code that was compiled last; one of an earlier build would show nothing. */
    static boolean isOfThisBuild(String service) {
        if (!Files.exists(of(service))) {
            return false;
        }
        try (var jar = Files.newInputStream(of(service))) {
            var content = read(jar);
            var job = content.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("BOOT-INF/lib/baler-job-"))
                    .findFirst();
            return job.isPresent()
                    && holds(content, CLASSES, service)
                    && holds(read(new ByteArrayInputStream(job.get().getValue())), "", "job");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean holds(Map<String, byte[]> jar, String prefix, String module) throws IOException {
        var classes = ROOT.resolve(module).resolve("target/classes");
        try (var files = Files.walk(classes)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                var name = prefix + classes.relativize(file).toString().replace('\\', '/');
                if (!Arrays.equals(jar.get(name), Files.readAllBytes(file))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Baler's own classes and jars. */
    private static Map<String, byte[]> read(InputStream jar) throws IOException {
        var content = new HashMap<String, byte[]>();
        var zip = new ZipInputStream(jar);
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            var name = entry.getName();
            if (!entry.isDirectory() && (!name.startsWith("BOOT-INF/lib/") || name.contains("/baler-"))) {
                content.put(name, zip.readAllBytes());
            }
        }
        return content;
    }
}
