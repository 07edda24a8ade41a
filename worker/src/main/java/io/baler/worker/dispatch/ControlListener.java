package io.baler.worker.dispatch;

import io.baler.job.events.Topics;
import io.baler.job.request.JobIds;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.PartitionOffset;
import org.springframework.kafka.annotation.TopicPartition;

/**
 * Hears hints that a job was restarted, cancelled or expired, so that a running export stops at once instead of at
 * its next renewal. Every worker reads all of them: partitions are assigned by hand, and no group is left behind.
 */
final class ControlListener {
    /** From a minute before the start: what an older hint says, a renewal has found long ago. */
    private static final String RECENT = "#{T(java.lang.System).currentTimeMillis() - 60000}";

    private final Slots slots;
    private final Topics topics;

    ControlListener(Slots slots, Topics topics) {
        this.slots = slots;
        this.topics = topics;
    }

    /** Named by the annotation below. */
    public Topics getTopics() {
        return topics;
    }

    @KafkaListener(
            id = "baler-control",
            idIsGroup = false,
            containerFactory = "controlContainers",
            topicPartitions = {
                @TopicPartition(
                        topic = "#{__listener.topics.restart()}",
                        partitionOffsets =
                                @PartitionOffset(partition = "0", initialOffset = RECENT, seekPosition = "TIMESTAMP")),
                @TopicPartition(
                        topic = "#{__listener.topics.cancel()}",
                        partitionOffsets =
                                @PartitionOffset(partition = "0", initialOffset = RECENT, seekPosition = "TIMESTAMP")),
                @TopicPartition(
                        topic = "#{__listener.topics.expire()}",
                        partitionOffsets =
                                @PartitionOffset(partition = "0", initialOffset = RECENT, seekPosition = "TIMESTAMP"))
            })
    void onHint(ConsumerRecord<@Nullable String, byte[]> message) {
        var jobId = message.key();
        if (jobId != null && JobIds.isValid(jobId)) {
            slots.verify(jobId);
        }
    }
}
