package io.baler.cleanup;

import io.baler.job.events.ImpatientAdmin;
import io.baler.job.events.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many dead letters are kept, by the offsets of their topic. */
final class DeadLetterCount implements AutoCloseable {
    private final Admin admin;
    private final TopicPartition partition;

    DeadLetterCount(Map<String, Object> settings, Topics topics) {
        this.admin = ImpatientAdmin.of(settings);
        this.partition = new TopicPartition(topics.deadLetters(), Topics.DEAD_LETTER_PARTITION);
    }

    /** @throws IllegalStateException if Kafka does not answer, or there is no such topic */
    long count() {
        return offset(OffsetSpec.latest()) - offset(OffsetSpec.earliest());
    }

    private long offset(OffsetSpec spec) {
        try {
            return admin.listOffsets(Map.of(partition, spec))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (ExecutionException unanswered) {
            throw new IllegalStateException(unanswered.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
