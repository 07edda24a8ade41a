package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/CONFIGURATION.md} says of every setting what the code says. With {@code -Dbaler.write-docs=true} it is
 * written anew.
 */
class ConfigurationReferenceTest {
    private static final Path ROOT = Path.of("..");
    private static final Path REFERENCE = ROOT.resolve("docs/CONFIGURATION.md");
    private static final List<String> MODULES = List.of("job", "api", "worker", "cleanup");

    @Test
    void theReferenceIsCurrent() throws IOException {
        var current = written();

        if (Boolean.getBoolean("baler.write-docs")) {
            Files.writeString(REFERENCE, current);
        }

        assertThat(Files.readString(REFERENCE))
                .as("docs/CONFIGURATION.md is stale; write it anew with:  ./mvnw test -pl standalone -am"
                        + " -Dtest=ConfigurationReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dbaler.write-docs=true")
                .isEqualTo(current);
    }

    @Test
    void everySettingIsDescribed() {
        var settings = MODULES.stream()
                .flatMap(module -> settings(module).values().stream())
                .toList();

        assertThat(settings)
                .hasSizeGreaterThan(40)
                .allSatisfy(setting -> assertThat(setting.path("description").asString(""))
                        .as(setting.path("name").asString())
                        .isNotBlank());
    }

    private static String written() {
        var text = new StringBuilder("""
                # Every setting

                Made of the code by `ConfigurationReferenceTest`; what is changed here by hand is lost. Each is a property, an
                environment variable (`baler.s3.bucket` is `BALER_S3_BUCKET`) or an argument (`--baler.s3.bucket=…`). The README
                says which of them one needs. Spring's own (`spring.mongodb.*`, `spring.kafka.*`, `management.*`, `logging.*`) are
                [in its documentation](https://docs.spring.io/spring-boot/appendix/application-properties/index.html).
                """);
        for (var module : MODULES) {
            text.append("\n## ")
                    .append(module.equals("job") ? "All services" : "The " + module)
                    .append("\n\n| setting | type | default | what it is |\n|---|---|---|---|\n");
            settings(module).values().forEach(setting -> text.append(line(setting)));
        }
        return text.toString();
    }

    private static String line(JsonNode setting) {
        var value = setting.path("defaultValue");
        return "| `%s` | %s | %s | %s |%n"
                .formatted(
                        setting.path("name").asString(),
                        type(setting.path("type").asString()),
                        value.isMissingNode() ? "–" : "`" + text(value) + "`",
                        setting.path("description")
                                .asString("")
                                .replaceAll("\\s+", " ")
                                .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
                                .replace("|", "\\|"))
                .replace("\r", "");
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(ConfigurationReferenceTest::text).collect(Collectors.joining(","))
                : value.asString().isEmpty() ? "\"\"" : value.asString();
    }

    /** As people write it: without packages. */
    private static String type(String java) {
        return java.replaceAll("[a-z][\\w]*\\.", "").replace('$', '.').toLowerCase(Locale.ROOT);
    }

    private static Map<String, JsonNode> settings(String module) {
        var file = ROOT.resolve(module + "/target/classes/META-INF/spring-configuration-metadata.json");
        try {
            return JsonMapper.shared()
                    .readTree(Files.readString(file))
                    .path("properties")
                    .valueStream()
                    .filter(setting -> setting.path("name").asString().startsWith("baler."))
                    .collect(Collectors.toMap(
                            setting -> setting.path("name").asString(),
                            setting -> setting,
                            (one, same) -> one,
                            TreeMap::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
