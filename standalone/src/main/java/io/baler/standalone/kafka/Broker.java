package io.baler.standalone.kafka;

import io.baler.standalone.terminal.CommandFailed;
import io.baler.standalone.terminal.Terminal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Where Kafka is and how one gets in; what it refuses or does not answer ends the command with one line. */
public final class Broker {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int MOST_BYTES = 4 << 20;

    private final Map<String, Object> settings;

    /** @param settings as Kafka's clients name them, {@code bootstrap.servers} among them */
    public Broker(Map<String, Object> settings) {
        this.settings = new HashMap<>(settings);
        this.settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        this.settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    }

    Admin admin() {
        return opened(() -> Admin.create(settings));
    }

    /** Reads bytes, belongs to no group unless one is named, and commits only when told to. */
    Consumer<byte[], byte[]> consumer(Map<String, Object> more) {
        var all = new HashMap<>(settings);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.putAll(more);
        return opened(() -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    Producer<byte[], byte[]> producer() {
        var all = new HashMap<>(settings);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * PATIENCE_MILLIS);
        return opened(() -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** What an admin call brings. */
    <T> T await(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException refused) {
            throw failed(refused.getCause() == null ? refused : refused.getCause());
        }
    }

    CommandFailed failed(Throwable why) {
        return new CommandFailed(
                "Kafka at " + settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG) + ": "
                        + Terminal.plain(String.valueOf(why.getMessage())),
                why);
    }

    private interface Opening<T> {
        T open();
    }

    private <T> T opened(Opening<T> client) {
        try {
            return client.open();
        } catch (KafkaException unusable) {
            throw failed(unusable.getCause() == null ? unusable : unusable.getCause());
        }
    }
}
