package io.baler.standalone.kafka;

import io.baler.job.events.DeadLetterHeaders;
import io.baler.job.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Sends refused requests again, as they came. How far it has come is kept as a committed offset, so that none is sent
 * twice; if it breaks off in between, those since the last commit may be, which makes no second export of them.
 */
public final class DeadLetters {
    /** No mending elsewhere makes these good: the message itself is wrong. */
    private static final Set<String> HOPELESS = Set.of("malformed-json", "invalid-request");

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Broker broker;
    private final Topics topics;
    private final Choice choice;
    private final Consumer<String> lines;

    /**
     * Which of them.
     *
     * @param all from the beginning of the topic, those too that were sent again earlier
     * @param malformed those too that are refused whatever happens elsewhere
     * @param key of this export only; what is chosen by key counts as not sent yet. None = whatever its key
     */
    public record Choice(
            boolean all, boolean malformed, @Nullable String key) {}

    /** How many were looked at and how many of them were, or would be, sent. */
    public record Count(int seen, int sent) {}

    /** @param lines takes each letter as a line */
    public DeadLetters(Broker broker, Topics topics, Choice choice, Consumer<String> lines) {
        this.broker = broker;
        this.topics = topics;
        this.choice = choice;
        this.lines = lines;
    }

    /** @param dryRun only tells of them */
    public Count requeue(boolean dryRun) throws InterruptedException {
        var partition = new TopicPartition(topics.deadLetters(), Topics.DEAD_LETTER_PARTITION);
        try (var consumer = broker.consumer(Map.of(ConsumerConfig.GROUP_ID_CONFIG, topics.requeued()))) {
            if (consumer.partitionsFor(topics.deadLetters()).isEmpty()) {
                return new Count(0, 0);
            }
            consumer.assign(List.of(partition));
            long mark = consumer.position(partition);
            if (choice.all()) {
                consumer.seekToBeginning(List.of(partition));
            }
            // what is refused again while this runs comes behind it, and is for the next time
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var count = new Count(0, 0);
            while (consumer.position(partition) < end) {
                var batch = consumer.poll(LOOK).records(partition).stream()
                        .filter(letter -> letter.offset() < end)
                        .toList();
                var sent = dryRun ? tell(batch) : send(batch);
                count = new Count(count.seen() + batch.size(), count.sent() + sent);
                if (!dryRun && choice.key() == null && !batch.isEmpty()) {
                    // never back: with "all" it begins before the mark
                    mark = Math.max(mark, batch.get(batch.size() - 1).offset() + 1);
                    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(mark)));
                }
            }
            return count;
        } catch (KafkaException failed) {
            throw broker.failed(failed);
        }
    }

    private int tell(List<ConsumerRecord<byte[], byte[]>> batch) {
        var chosen = batch.stream().map(Letter::new).filter(this::isWanted).toList();
        chosen.forEach(letter -> lines.accept(letter.summary() + (isHopeless(letter) ? " (stays)" : "")));
        return (int) chosen.stream().filter(letter -> !isHopeless(letter)).count();
    }

    private int send(List<ConsumerRecord<byte[], byte[]>> batch) throws InterruptedException {
        var chosen = batch.stream()
                .map(Letter::new)
                .filter(this::isWanted)
                .filter(letter -> !isHopeless(letter))
                .toList();
        var sent = new ArrayList<Future<RecordMetadata>>();
        try (var producer = broker.producer()) {
            chosen.forEach(letter -> sent.add(producer.send(asItCame(letter.message()))));
            for (var answer : sent) {
                answer.get();
            }
        } catch (ExecutionException refused) {
            throw broker.failed(refused.getCause() == null ? refused : refused.getCause());
        }
        chosen.forEach(letter -> lines.accept(letter.summary()));
        return chosen.size();
    }

    private boolean isWanted(Letter letter) {
        return choice.key() == null || letter.key().equals(choice.key());
    }

    private boolean isHopeless(Letter letter) {
        return !choice.malformed() && HOPELESS.contains(letter.code());
    }

    /** With the headers of its producer, and without those that say why it was refused. */
    private ProducerRecord<byte[], byte[]> asItCame(ConsumerRecord<byte[], byte[]> letter) {
        var record = new ProducerRecord<>(topics.requested(), letter.key(), letter.value());
        for (var header : letter.headers()) {
            if (!DeadLetterHeaders.isOurs(header.key())) {
                record.headers().add(header);
            }
        }
        return record;
    }
}
