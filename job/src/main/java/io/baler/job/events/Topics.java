package io.baler.job.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.kafka.config.TopicBuilder;

/**
 * The topics: their names, what each is for, and how they are declared. {@code docs/asyncapi.yaml} tells the same to
 * those who write programs.
 *
 * @param prefix of every name, so that installations can share a broker
 */
@ConfigurationProperties("baler.topics")
public record Topics(@DefaultValue(DEFAULT_PREFIX) String prefix) {
    public static final String DEFAULT_PREFIX = "baler.";

    /** More than workers are usual; a worker beyond it still finds jobs in MongoDB. */
    private static final int REQUEST_PARTITIONS = 6;

    /** Twice what brokers take of a message unless they are told otherwise. */
    public static final int MOST_BYTES = 2 << 20;

    /** The only one of the dead letters: they are written there and looked for there, however many the topic was given. */
    public static final int DEAD_LETTER_PARTITION = 0;

    private static final Duration RETENTION = Duration.ofDays(7);

    public Topics {
        if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
            throw new IllegalArgumentException(
                    "baler.topics.prefix: only letters, digits, dot, dash and underscore, at most 100, got " + prefix);
        }
    }

    /**
     * One of the topics.
     *
     * @param purpose for people who look at it
     * @param configs as Kafka names them
     */
    public record Topic(String name, String purpose, int partitions, Map<String, String> configs) {

        /** The replication factor is the broker's default. */
        NewTopic declared() {
            return TopicBuilder.name(name)
                    .partitions(partitions)
                    .configs(configs)
                    .build();
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

    /** The group in which the workers share the requests. Of this installation alone, as the topics are. */
    public String workers() {
        return group("workers");
    }

    /** The group in which the api's replicas share the ends of exports. */
    public String notifications() {
        return group("api-notifications");
    }

    /** The group whose offset tells which dead letters have been sent again. */
    public String requeued() {
        return group("requeue");
    }

    private String group(String name) {
        var stem = prefix.replaceFirst("[._-]+$", "");
        return (stem.isEmpty() ? "baler" : stem) + "-" + name;
    }

    /** All of them. */
    public List<Topic> all() {
        // one partition each but for the requests: every worker reads all of a control topic without a group
        return List.of(
                topic(requested(), "exports to make, shared among the workers", REQUEST_PARTITIONS),
                deadLetters("requests that were refused, as they came, the reason in a header"),
                topic(restart(), "hint to all workers: the export has begun anew", 1),
                topic(cancel(), "hint to all workers: the export was cancelled", 1),
                topic(expire(), "hint to all workers: the export took too long", 1),
                topic(finished(), "how exports ended, at least once each", 1));
    }

    private static Topic topic(String name, String purpose, int partitions) {
        return new Topic(name, purpose, partitions, Map.of(TopicConfig.RETENTION_MS_CONFIG, retention()));
    }

    /** A request as large as a broker takes one must fit in with the reason beside it, or it would be in the way for ever. */
    private Topic deadLetters(String purpose) {
        return new Topic(
                deadLetters(),
                purpose,
                1,
                Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        retention(),
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        String.valueOf(MOST_BYTES)));
    }

    private static String retention() {
        return String.valueOf(RETENTION.toMillis());
    }
}
