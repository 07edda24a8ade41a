package io.baler.standalone.kafka;

import io.baler.job.events.Topics;
import io.baler.job.events.Topics.Topic;
import io.baler.standalone.terminal.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics as they are: how many partitions and messages each has, and how far whoever consumes it has come. */
public final class TopicTable {
    private static final List<String> HEAD = List.of("TOPIC", "PARTITIONS", "MESSAGES", "WAITING", "WHAT IT IS");
    private static final Set<Integer> NUMBERS = Set.of(1, 2, 3);

    private final Broker broker;
    private final Topics topics;

    public TopicTable(Broker broker, Topics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    /** Waiting is what the workers have not taken yet, and the dead letters that no requeue has come by yet. */
    public List<String> lines() throws InterruptedException {
        var table = new Columns(HEAD, NUMBERS);
        try (var admin = broker.admin()) {
            for (var topic : topics.all()) {
                table.add(row(admin, topic));
            }
        }
        return table.lines();
    }

    private List<String> row(Admin admin, Topic topic) throws InterruptedException {
        var partitions = partitions(admin, topic);
        if (partitions.isEmpty()) {
            return List.of(topic.name(), "-", "-", "-", topic.purpose() + " (not there: a service makes it)");
        }
        var begin = offsets(admin, partitions, OffsetSpec.earliest());
        var end = offsets(admin, partitions, OffsetSpec.latest());
        return List.of(
                topic.name(),
                String.valueOf(partitions.size()),
                number(sum(end) - sum(begin)),
                waiting(admin, topic, begin, end),
                topic.purpose());
    }

    private List<TopicPartition> partitions(Admin admin, Topic topic) throws InterruptedException {
        try {
            var description =
                    admin.describeTopics(List.of(topic.name())).allTopicNames().get();
            return description.values().stream()
                    .flatMap(found -> found.partitions().stream())
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw broker.failed(refused.getCause() == null ? refused : refused.getCause());
        }
    }

    private String waiting(Admin admin, Topic topic, Map<TopicPartition, Long> begin, Map<TopicPartition, Long> end)
            throws InterruptedException {
        var group = groupOf(topic);
        if (group.isEmpty()) {
            return "";
        }
        var committed = committed(admin, group);
        var waiting = end.entrySet().stream()
                .mapToLong(partition -> {
                    var from = committed.get(partition.getKey());
                    var first = begin.getOrDefault(partition.getKey(), 0L);
                    return partition.getValue() - (from == null ? first : Math.max(first, from.offset()));
                })
                .sum();
        return number(waiting);
    }

    private String groupOf(Topic topic) {
        if (topic.name().equals(topics.requested())) {
            return topics.workers();
        }
        return topic.name().equals(topics.deadLetters()) ? topics.requeued() : "";
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group) throws InterruptedException {
        var offsets = broker.await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        // a partition of which nothing was committed has none
        var known = new HashMap<TopicPartition, OffsetAndMetadata>();
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                known.put(partition, offset);
            }
        });
        return known;
    }

    private Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws InterruptedException {
        var wanted = partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
        var offsets = new HashMap<TopicPartition, Long>();
        for (var answer :
                new ArrayList<>(broker.await(admin.listOffsets(wanted).all()).entrySet())) {
            offsets.put(answer.getKey(), answer.getValue().offset());
        }
        return offsets;
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
