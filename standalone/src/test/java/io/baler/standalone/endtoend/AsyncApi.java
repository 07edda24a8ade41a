package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code docs/asyncapi.yaml}, and what it says of a message. */
final class AsyncApi {
    private static final Path FILE = Path.of("..", "docs", "asyncapi.yaml");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    private final JsonNode document = read();
    private final JsonNode strict = closed(document.path("components").deepCopy());

    private static JsonNode read() {
        // times are to stay the text that they are
        try (var text = Files.newBufferedReader(FILE)) {
            return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What Baler itself says is all described, though readers are to put up with more. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && object.path("type").asString("").equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(AsyncApi::closed);
        return node;
    }

    JsonNode document() {
        return document;
    }

    JsonNode channel(String address) {
        return document.path("channels")
                .valueStream()
                .filter(channel -> channel.path("address").asString().equals(address))
                .findFirst()
                .orElseThrow(() -> new AssertionError(address + " is not described"));
    }

    /** The one message of a channel. */
    JsonNode messageOf(String address) {
        return resolved(
                channel(address).path("messages").valueStream().findFirst().orElseThrow());
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    /** Fails unless the payload is one that the channel's message may have; members may be added. */
    void fits(String address, JsonNode payload) {
        fits(messageOf(address).path("payload"), document.path("components"), payload, address);
    }

    /** Fails unless a message that Baler has published is described to its last member. */
    void describes(ConsumerRecord<byte[], byte[]> message) {
        var described = messageOf(message.topic());
        var key = resolved(described.path("bindings")).at("/kafka/key");
        assertThat(key.isMissingNode()).as("the key of " + message.topic()).isFalse();
        var what = message.topic() + " " + AllMessages.text(message.key());
        fits(key, strict, JSON.getNodeFactory().stringNode(AllMessages.text(message.key())), what + ", key");
        fits(described.path("payload"), strict, JSON.readTree(message.value()), what);
        var headers = headers(message);
        // a schema of several parts cannot be closed, so that none is unknown is asked of their names
        assertThat(headers.propertyNames())
                .as(what + ", headers")
                .isSubsetOf(
                        "ce_specversion",
                        "ce_id",
                        "ce_type",
                        "ce_source",
                        "ce_time",
                        "content-type",
                        "traceparent",
                        "tracestate");
        fits(described.path("headers"), document.path("components"), headers, what + ", headers");
    }

    /** Fails unless the headers that tell of a refusal are described. */
    void describesRefusal(ConsumerRecord<byte[], byte[]> letter) {
        fits(messageOf(letter.topic()).path("headers"), document.path("components"), headers(letter), letter.topic());
    }

    private static ObjectNode headers(ConsumerRecord<byte[], byte[]> message) {
        var headers = JSON.createObjectNode();
        message.headers().forEach(header -> headers.put(header.key(), AllMessages.text(header.value())));
        return headers;
    }

    private static void fits(JsonNode schema, JsonNode components, JsonNode value, String what) {
        var whole = (ObjectNode) schema.deepCopy();
        // draft 7 does not look beside a reference
        if (whole.has("$ref")) {
            var reference = JSON.createObjectNode().set("$ref", whole.path("$ref"));
            whole = JSON.createObjectNode();
            whole.putArray("allOf").add(reference);
        }
        whole.set("components", components);
        assertThat(SCHEMAS.getSchema(whole).validate(value))
                .as(what + ": " + value)
                .isEmpty();
    }

    /** Fails unless the document is one by the schema that the specification's authors publish. */
    void isValid() {
        try (var schema = AsyncApi.class.getResourceAsStream("/asyncapi/3.0.0.json")) {
            assertThat(SCHEMAS.getSchema(JSON.readTree(schema)).validate(document))
                    .isEmpty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A topic's settings, as texts. */
    Map<String, String> configuration(String address) {
        var settings = new java.util.TreeMap<String, String>();
        resolved(channel(address).path("bindings"))
                .at("/kafka/topicConfiguration")
                .forEachEntry((name, value) -> settings.put(name, value.asString()));
        return settings;
    }

    int partitions(String address) {
        return resolved(channel(address).path("bindings"))
                .at("/kafka/partitions")
                .intValue();
    }
}
