package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that say "shown by this test" must not outlive the test. */
class NamedTestsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]*Test)(?:#([a-zA-Z0-9]+))?`");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/PREDECESSOR.md"})
    void everyTestThatADocumentNamesIsThere(String document) throws IOException {
        var named = NAMED.matcher(Files.readString(ROOT.resolve(document)));
        var missing = new ArrayList<String>();
        int found = 0;
        while (named.find()) {
            found++;
            if (sources(named.group(1) + ".java").stream().noneMatch(source -> holds(source, named.group(2)))) {
                missing.add(named.group());
            }
        }

        assertThat(found).isPositive();
        assertThat(missing).isEmpty();
    }

    private static List<Path> sources(String file) throws IOException {
        var found = new ArrayList<Path>();
        try (var modules = Files.newDirectoryStream(ROOT, path -> Files.isDirectory(path.resolve("src/test")))) {
            for (var module : modules) {
                try (var tests = Files.walk(module.resolve("src/test"))) {
                    tests.filter(path -> path.endsWith(file)).forEach(found::add);
                }
            }
        }
        return found;
    }

    private static boolean holds(Path source, String test) {
        try {
            return test == null || Files.readString(source).contains(" void " + test + "(");
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
