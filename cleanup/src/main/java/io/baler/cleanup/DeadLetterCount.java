package io.baler.cleanup;

import io.baler.job.events.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many dead letters are kept, by the offsets of their topic. Waits for Kafka for three seconds at most. */
final class DeadLetterCount implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 3_000;

    private final Admin admin;
    private final TopicPartition partition;

    DeadLetterCount(Map<String, Object> settings, Topics topics) {
        var patient = new HashMap<>(settings);
        patient.put("default.api.timeout.ms", PATIENCE_MILLIS);
        patient.put("request.timeout.ms", PATIENCE_MILLIS);
        this.admin = Admin.create(patient);
        this.partition = new TopicPartition(topics.deadLetters(), 0);
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
