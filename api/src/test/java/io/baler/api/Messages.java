package io.baler.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads along what the api says in its topics. */
final class Messages implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<String, String> consumer;

    Messages(String bootstrapServers) {
        this.consumer = new KafkaConsumer<>(
                // tests wait for what is said, not for more of it
                Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", "20"),
                new StringDeserializer(),
                new StringDeserializer());
        var all = consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith("baler."))
                .flatMap(topic -> topic.getValue().stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    /** What is said from where the last call ended up to the awaited message, and what came along with it. */
    List<Message> until(Predicate<Message> awaited) {
        var said = new ArrayList<Message>();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (said.stream().noneMatch(awaited)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not said within " + PATIENCE + ", but: " + said);
            }
            consumer.poll(Duration.ofMillis(100))
                    .forEach(record -> said.add(new Message(
                            record.topic(), record.key(), JsonMapper.shared().readTree(record.value()))));
        }
        return said;
    }

    @Override
    public void close() {
        consumer.close();
    }

    record Message(String topic, String key, JsonNode value) {

        static Predicate<Message> about(String topic, String jobId) {
            return message -> message.topic().equals(topic) && message.key().equals(jobId);
        }
    }
}
