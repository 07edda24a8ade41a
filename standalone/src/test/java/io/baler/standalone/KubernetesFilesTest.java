package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What matters of the manifests for Kubernetes, as far as it can be seen without a cluster. */
class KubernetesFilesTest {
    private static final Path DIRECTORY = Path.of("..", "deploy", "kubernetes");
    private static final Path BASE = DIRECTORY.resolve("base");

    @Test
    void theBaseNamesEveryFileThatIsThere() {
        var named = all(BASE.resolve("kustomization.yaml")).get(0).path("resources");

        assertThat(named.valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(files(BASE)
                        .map(file -> file.getFileName().toString())
                        .filter(name -> !name.equals("kustomization.yaml"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"baler-api", "baler-worker", "baler-cleanup"})
    void aServiceMayDoLittleAndIsAskedWhatItIsAskedFor(String name) {
        var pod = one("Deployment", name).at("/spec/template/spec");
        var container = pod.at("/containers/0");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asString())
                .isEqualTo("ALL");
        assertThat(container.at("/livenessProbe/httpGet/path").asString()).isEqualTo("/actuator/health/liveness");
        assertThat(container.at("/readinessProbe/httpGet/path").asString()).isEqualTo("/actuator/health/readiness");
        assertThat(container.at("/readinessProbe/timeoutSeconds").asInt())
                .as("longer than MongoDB and Kafka are waited for")
                .isGreaterThan(4);
        assertThat(container.at("/resources/limits/memory").asString()).isNotEmpty();
        assertThat(container.at("/image").asString()).matches("[^:]+:\\d+\\.\\d+\\.\\d+");
        assertThat(container.at("/volumeMounts/0/mountPath").asString()).isEqualTo("/tmp");
    }

    /** As measured: deploy/kubernetes/README.md. A container that is given less is killed under load, not at the start. */
    @ParameterizedTest
    @CsvSource({"baler-api, 270, 0", "baler-worker, 260, 320", "baler-cleanup, 250, 0"})
    void whatIsBesideTheHeapHasRoomAndTheHeapHoldsTheExports(String name, int beside, int exports) throws IOException {
        var percentage =
                Pattern.compile("MaxRAMPercentage=(\\d+)").matcher(Files.readString(Path.of("..", "Dockerfile")));
        assertThat(percentage.find()).isTrue();
        var limit = mebibytes(one("Deployment", name)
                .at("/spec/template/spec/containers/0/resources/limits/memory")
                .asString());
        var heap = limit * Integer.parseInt(percentage.group(1)) / 100;

        assertThat(limit - heap).isGreaterThanOrEqualTo(beside);
        assertThat(heap).isGreaterThanOrEqualTo(exports);
    }

    private static int mebibytes(String quantity) {
        var number = Integer.parseInt(quantity.replaceAll("\\D", ""));
        return quantity.endsWith("Gi") ? 1024 * number : number;
    }

    @Test
    void secretsAreReferredToAndNoneIsThere() {
        assertThat(everything().stream().map(it -> it.path("kind").asString())).doesNotContain("Secret");
        for (var name : List.of("baler-api", "baler-worker", "baler-cleanup")) {
            one("Deployment", name).at("/spec/template/spec/containers/0/env").forEach(variable -> {
                if (variable.path("name").asString().matches(".*(URI|KEY|TOKEN|PASSWORD)")) {
                    assertThat(variable.has("value")).as(variable.toString()).isFalse();
                    assertThat(variable.at("/valueFrom/secretKeyRef/name").asString())
                            .isNotEmpty();
                }
            });
        }
    }

    @Test
    void workersComeWithTheWorkAndHaveTimeToGiveItBack() {
        var worker = one("Deployment", "baler-worker");
        var scaled = one("ScaledObject", "baler-worker");

        // ten seconds for its exports, then Kafka's listeners
        assertThat(worker.at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isGreaterThanOrEqualTo(60);
        assertThat(worker.at("/spec").has("replicas")).as("the scaler's to say").isFalse();
        assertThat(scaled.at("/spec/scaleTargetRef/name").asString()).isEqualTo("baler-worker");
        assertThat(scaled.at("/spec/minReplicaCount").asInt()).isPositive();
        var query = JsonMapper.shared()
                .readTree(scaled.at("/spec/triggers/0/metadata/query").asString());
        assertThat(query.at("/status/$in").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("queued", "exporting", "uploading");
        assertThat(one("PodDisruptionBudget", "baler-worker")
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isEqualTo(1);
        assertThat(one("PodDisruptionBudget", "baler-api")
                        .at("/spec/minAvailable")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void nobodyReachesAnythingThatIsNotNamed() {
        var nothing = one("NetworkPolicy", "baler-nothing-else");

        assertThat(nothing.at("/spec/policyTypes").valueStream().map(JsonNode::asString))
                .containsExactly("Ingress", "Egress");
        assertThat(nothing.path("spec").has("ingress")).isFalse();
        assertThat(nothing.path("spec").has("egress")).isFalse();
        assertThat(everything().stream()
                        .filter(it -> it.path("kind").asString().equals("NetworkPolicy"))
                        .flatMap(policy -> policy.at("/spec/ingress").valueStream()))
                .hasSize(2)
                .allMatch(rule ->
                        !rule.path("from").isEmpty() && !rule.path("ports").isEmpty());
    }

    private static JsonNode one(String kind, String name) {
        return everything().stream()
                .filter(it -> it.path("kind").asString().equals(kind))
                .filter(it -> it.at("/metadata/name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    private static List<JsonNode> everything() {
        return files(DIRECTORY).flatMap(file -> all(file).stream()).toList();
    }

    private static List<JsonNode> all(Path file) {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        try (var text = Files.newBufferedReader(file)) {
            return new ArrayList<>(StreamSupport.stream(yaml.loadAll(text).spliterator(), false)
                    .map(document -> JsonMapper.shared().<JsonNode>valueToTree(document))
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> files(Path directory) {
        try (var found = Files.walk(directory)) {
            return found.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
