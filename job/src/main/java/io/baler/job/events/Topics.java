package io.baler.job.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.kafka.config.TopicBuilder;

/**
 * The names of all topics, and how they are declared.
 *
 * @param prefix of every name, so that installations can share a broker
 */
@ConfigurationProperties("baler.topics")
public record Topics(@DefaultValue("baler.") String prefix) {
    /** More than workers are usual; a worker beyond it still finds jobs in MongoDB. */
    private static final int REQUEST_PARTITIONS = 6;

    /** Twice what brokers take of a message unless they are told otherwise. */
    public static final int MOST_BYTES = 2 << 20;

    private static final Duration RETENTION = Duration.ofDays(7);

    public Topics {
        if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
            throw new IllegalArgumentException(
                    "baler.topics.prefix: only letters, digits, dot, dash and underscore, at most 100, got " + prefix);
        }
    }

    /** Exports to make. Consumed by the workers, one of them each. */
    public String requested() {
        return prefix + "export.requested";
    }

    /** Requests that are no valid request, bytes unchanged, the reason in a header. */
    public String deadLetters() {
        return requested() + "-dlt";
    }

    /** Hint to every worker: the export began anew. */
    public String restart() {
        return prefix + "export.restart";
    }

    /** Hint to every worker: the export was cancelled. */
    public String cancel() {
        return prefix + "export.cancel";
    }

    /** Hint to every worker: the export took too long. */
    public String expire() {
        return prefix + "export.expire";
    }

    /** How exports ended; at least once each. */
    public String finished() {
        return prefix + "export.finished";
    }

    List<NewTopic> declared() {
        return List.of(
                topic(requested(), REQUEST_PARTITIONS),
                deadLetters(MOST_BYTES),
                // one partition each: every worker reads all of it without a group
                topic(restart(), 1),
                topic(cancel(), 1),
                topic(expire(), 1),
                topic(finished(), 1));
    }

    /** A request as large as a broker takes one must fit in with the reason beside it, or it would be in the way for ever. */
    private NewTopic deadLetters(int mostBytes) {
        var topic = topic(deadLetters(), 1);
        var configs = new HashMap<>(topic.configs());
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(mostBytes));
        return topic.configs(configs);
    }

    /** The replication factor is the broker's default. */
    private static NewTopic topic(String name, int partitions) {
        return TopicBuilder.name(name)
                .partitions(partitions)
                .config(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(RETENTION.toMillis()))
                .build();
    }
}
