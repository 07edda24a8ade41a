package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The files for Docker and Kubernetes have no field that those who read them do not know, and none of a wrong type. */
class DeploySchemasTest {
    private static final Path COMPOSE = Path.of("..", "docker-compose.yml");
    private static final Path KUBERNETES = Path.of("..", "deploy", "kubernetes");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    private final JsonNode compose = schema("compose");
    private final JsonNode kubernetes = schema("kubernetes");
    private final JsonNode keda = schema("keda");

    @Test
    void composeUnderstandsItsFile() {
        assertThat(errors(compose, documents(COMPOSE).get(0))).isEmpty();
    }

    @Test
    void kubernetesAndKedaUnderstandEveryObject() {
        assertThat(objects())
                .hasSizeGreaterThan(15)
                .allSatisfy(object ->
                        assertThat(errors(object)).as(object.toString()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, /spec",
        "Deployment, /spec/template/spec",
        "Deployment, /spec/template/spec/containers/0",
        "Deployment, /spec/template/spec/containers/0/readinessProbe/httpGet",
        "NetworkPolicy, /spec",
        "PodDisruptionBudget, /spec",
        "Service, /spec/ports/0",
        "ServiceAccount, ''",
        "ConfigMap, ''",
        "ScaledObject, /spec/triggers/0",
        "TriggerAuthentication, /spec/secretTargetRef/0"
    })
    void anUnknownFieldIsRefused(String kind, String place) {
        var object = objects()
                .filter(it -> it.path("kind").asString().equals(kind))
                .findFirst()
                .orElseThrow();

        ((ObjectNode) object.at(place)).put("repliccas", 1);

        assertThat(errors(object)).singleElement().asString().contains("repliccas");
    }

    @ParameterizedTest
    @CsvSource({"/services/api, volume", "/services/worker/healthcheck, intervall", "'', servces"})
    void anUnknownFieldOfComposeIsRefused(String place, String field) {
        var file = documents(COMPOSE).get(0);

        ((ObjectNode) file.at(place)).put(field, "x");

        assertThat(errors(compose, file))
                .isNotEmpty()
                .anySatisfy(error -> assertThat(error.toString()).contains(field));
    }

    @Test
    void aNumberThatIsATextIsRefused() {
        var deployment = objects()
                .filter(it -> it.path("kind").asString().equals("Deployment"))
                .findFirst()
                .orElseThrow();

        ((ObjectNode) deployment.at("/spec/template/spec/containers/0/ports/0")).put("containerPort", "8081");

        assertThat(errors(deployment)).singleElement().asString().contains("containerPort");
    }

    private List<Error> errors(JsonNode object) {
        var isKedas = object.path("apiVersion").asString().startsWith("keda.sh/");
        var type = (isKedas ? "v1alpha1." : "v1.") + object.path("kind").asString();
        var known = isKedas ? keda : kubernetes;
        assertThat(known.path("definitions").has(type))
                .as("a schema of " + type)
                .isTrue();
        var schema = JSON.createObjectNode();
        schema.putArray("allOf").addObject().put("$ref", "#/definitions/" + type);
        schema.set("definitions", known.path("definitions"));
        return errors(schema, object);
    }

    private static List<Error> errors(JsonNode schema, JsonNode value) {
        return SCHEMAS.getSchema(schema).validate(value);
    }

    /** All objects, and the patches of the overlay, which are such objects in part. */
    private static Stream<JsonNode> objects() {
        return files().flatMap(file -> documents(file).stream())
                .flatMap(object -> object.path("kind").asString().equals("Kustomization")
                        ? object.path("patches")
                                .valueStream()
                                .map(patch ->
                                        parsed(patch.path("patch").asString()).get(0))
                        : Stream.of(object));
    }

    private static Stream<Path> files() {
        try (var found = Files.walk(KUBERNETES)) {
            return found.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<JsonNode> documents(Path file) {
        try {
            return parsed(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<JsonNode> parsed(String yaml) {
        var documents = new ArrayList<JsonNode>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(yaml)
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    private static JsonNode schema(String name) {
        try (var text = DeploySchemasTest.class.getResourceAsStream("/deploy-schemas/" + name + ".json")) {
            var schema = (ObjectNode) JSON.readTree(text);
            // draft 7 by a name that it does not have
            schema.remove(List.of("$schema", "$id"));
            return schema;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
