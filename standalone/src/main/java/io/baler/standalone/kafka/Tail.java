package io.baler.standalone.kafka;

import io.baler.job.events.Topics;
import io.baler.job.events.Topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The newest messages of all topics in the order in which they came, and, if wished, those that come. */
public final class Tail {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Broker broker;
    private final Topics topics;
    private final Consumer<String> lines;
    private final boolean whole;

    /**
     * @param lines takes each message as a line
     * @param whole whether long messages are shown to their end
     */
    public Tail(Broker broker, Topics topics, Consumer<String> lines, boolean whole) {
        this.broker = broker;
        this.topics = topics;
        this.lines = lines;
        this.whole = whole;
    }

    /**
     * @param newest how many messages that are there already
     * @param follow never returns, and tells of what comes
     */
    public void show(int newest, boolean follow) {
        try (var consumer = broker.consumer(Map.of())) {
            var partitions = partitions(consumer.listTopics());
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            var begins = consumer.beginningOffsets(partitions);
            partitions.forEach(partition -> consumer.seek(
                    partition,
                    Math.max(begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L) - newest)));
            var there = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(LOOK).forEach(there::add);
            }
            there.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
            there.stream().skip(Math.max(0, there.size() - newest)).forEach(this::tell);
            while (follow) {
                consumer.poll(LOOK).forEach(this::tell);
            }
        } catch (KafkaException failed) {
            throw broker.failed(failed);
        }
    }

    private void tell(ConsumerRecord<byte[], byte[]> message) {
        lines.accept(new Letter(message).line(topics.prefix(), whole));
    }

    private List<TopicPartition> partitions(Map<String, List<PartitionInfo>> all) {
        Set<String> ours = topics.all().stream().map(Topic::name).collect(Collectors.toSet());
        return all.entrySet().stream()
                .filter(topic -> ours.contains(topic.getKey()))
                .flatMap(topic -> topic.getValue().stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }
}
