package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker-compose.yml} tells a service by its environment. */
final class ComposeFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::\\?[^}]*|:-([^}]*))?}");

    private ComposeFile() {}

    /**
     * The environment of one service.
     *
     * @param dotEnv what {@code .env} would say; each variable that the service names without a default must be there
     */
    static Map<String, String> environment(String service, Map<String, String> dotEnv) {
        Map<String, Map<String, Map<String, Map<String, Object>>>> compose =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(text());
        var environment = new TreeMap<String, String>();
        compose.get("services")
                .get(service)
                .get("environment")
                .forEach((name, value) -> environment.put(name, interpolate(String.valueOf(value), dotEnv)));
        return environment;
    }

    private static String interpolate(String value, Map<String, String> dotEnv) {
        return VARIABLE.matcher(value).replaceAll(match -> {
            var otherwise = match.group(2);
            if (otherwise == null) {
                assertThat(dotEnv).containsKey(match.group(1));
            }
            return Matcher.quoteReplacement(dotEnv.getOrDefault(match.group(1), String.valueOf(otherwise)));
        });
    }

    private static String text() {
        try {
            return Files.readString(Path.of("..", "docker-compose.yml"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
