package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What of the images and the compose file can be seen without a Docker engine: their rules, not that they run. */
class DeployFilesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(\\w+)");
    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(TOKEN|PASSWORD|SECRET|KEY|KEY_ID)$");

    private final String compose = read("docker-compose.yml");
    private final String dockerfile = read("Dockerfile");
    private final Map<String, Map<String, Object>> services = services();

    @Test
    void composeHasTheWholeSystem() {
        assertThat(services)
                .containsOnlyKeys(
                        "mongodb",
                        "kafka",
                        "s3",
                        "bucket",
                        "kafka-ui",
                        "api",
                        "worker",
                        "cleanup",
                        "prometheus",
                        "tempo",
                        "grafana");
        assertThat(List.of("prometheus", "tempo", "grafana"))
                .allSatisfy(name -> assertThat(services.get(name)).containsEntry("profiles", List.of("observability")));
    }

    @Test
    void everyServiceHasAHealthCheckAndPinsItsImage() {
        assertThat(services.values())
                .allSatisfy(service -> assertThat(service).containsKey("healthcheck"))
                .allSatisfy(service ->
                        assertThat(String.valueOf(service.get("image"))).matches("[^:]+:v?\\d+\\.\\d+.*"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void ourServicesMayDoLittleAndWaitForWhatTheyNeed() {
        for (var name : List.of("api", "worker", "cleanup")) {
            assertThat(services.get(name))
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsKeys("build", "tmpfs");
            assertThat((Map<String, Object>) services.get(name).get("depends_on"))
                    .containsEntry("mongodb", Map.of("condition", "service_healthy"))
                    .containsEntry("kafka", Map.of("condition", "service_healthy"))
                    .containsEntry("bucket", Map.of("condition", "service_completed_successfully"));
        }
        assertThat(services.get("worker")).as("can be scaled").doesNotContainKeys("container_name", "ports");
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatIsPublishedIsForThisHostOnly() {
        assertThat(services.values().stream()
                        .flatMap(service -> ((List<String>) service.getOrDefault("ports", List.of())).stream()))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void noSecretIsBakedInAndEachIsNamedInTheExample() {
        var example = read(".env.example");
        assertThat(named(compose))
                .isEqualTo(example.lines()
                        // what need not be set is there as a comment
                        .filter(line -> line.matches("#?\\w+=.*"))
                        .peek(line -> assertThat(line).matches("#.*|.*="))
                        .map(line -> line.replaceAll("#|=.*", ""))
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (var service : services.values()) {
            ((Map<String, Object>) service.getOrDefault("environment", Map.of())).forEach((name, value) -> {
                if (SECRET_NAME.matcher(name).matches()) {
                    assertThat(String.valueOf(value)).as(name).startsWith("${");
                }
            });
        }
        assertThat(read(".gitignore").lines()).contains(".env");
        assertThat(read(".dockerignore").lines()).contains(".env", ".git");
    }

    @Test
    void theImagesArePinnedAndRunAsNobodyInParticular() {
        var stages = dockerfile.split("(?m)^FROM ");
        assertThat(List.of("api", "worker", "cleanup"))
                .allSatisfy(target -> assertThat(stages)
                        .filteredOn(stage -> stage.startsWith("base AS " + target + "\n"))
                        .singleElement()
                        .asString()
                        .contains("USER 10001:10001", "ENTRYPOINT [\"java\"", "baler-" + target + "-exec.jar"));
        assertThat(dockerfile)
                .contains("HEALTHCHECK ", "LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs", "org.opencontainers.image.licenses")
                .doesNotContain(":latest", "ADD ", "sudo", "chmod 777", "curl ", "wget ");
        assertThat(Pattern.compile("(?m)^FROM (\\S+)")
                        .matcher(dockerfile)
                        .results()
                        .map(from -> from.group(1)))
                .allMatch(image -> image.equals("base") || image.matches("[a-z-]+:\\d+.*"));
        assertThat(Pattern.compile("(?m)^(ARG|ENV) .*(TOKEN|PASSWORD|SECRET|_KEY)")
                        .matcher(dockerfile)
                        .find())
                .isFalse();
    }

    /** By commit: whoever owns a tag can move it, and the action has the checkout and its token. */
    @Test
    void theWorkflowsActionsArePinned() {
        assertThat(Pattern.compile("uses: *(.*)")
                        .matcher(read(".github/workflows/ci.yml"))
                        .results()
                        .map(uses -> uses.group(1)))
                .isNotEmpty()
                .allMatch(action -> action.matches("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void whatTheImagesAreMadeOfIsThere() {
        assertThat(List.of("deploy/docker/health", "deploy/docker/train"))
                .allSatisfy(script -> assertThat(ROOT.resolve(script)).isExecutable());
        assertThat(Pattern.compile("\\./(deploy/[\\w./-]+):")
                        .matcher(compose)
                        .results()
                        .map(mount -> mount.group(1)))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
    }

    private static Set<String> named(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Map<String, Object>>> document =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(compose);
        return document.get("services");
    }

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
