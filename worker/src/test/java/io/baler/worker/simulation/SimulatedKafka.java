package io.baler.worker.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

/** The producer as one simulated process has it: messages get lost, doubled, delayed and overtaken. */
final class SimulatedKafka extends KafkaTemplate<String, byte[]> {
    private final Network network;
    private final Host host;
    private final Consumer<ProducerRecord<String, byte[]>> delivery;

    /** @param delivery called on a thread of its own for every copy that arrives */
    SimulatedKafka(Network network, Host host, Consumer<ProducerRecord<String, byte[]>> delivery) {
        super(() -> {
            throw new UnsupportedOperationException();
        });
        this.network = network;
        this.host = host;
        this.delivery = delivery;
    }

    @Override
    public CompletableFuture<SendResult<String, byte[]>> send(ProducerRecord<String, byte[]> message) {
        network.call(
                host,
                "kafka " + message.topic(),
                () -> {
                    publish(message);
                    return message;
                },
                () -> new TimeoutException("no answer"));
        return new CompletableFuture<SendResult<String, byte[]>>()
                .completeOnTimeout(null, 0, java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    private void publish(ProducerRecord<String, byte[]> message) {
        // 0 = lost, 2 = doubled
        var copies = Math.max(
                0,
                1
                        + Math.abs(network.random().nextInt(10) - 5)
                                / 4
                                * (network.random().nextBoolean() ? 1 : -1));
        for (int copy = 0; copy < copies; copy++) {
            network.later(() -> {
                delivery.accept(message);
                return message;
            });
        }
    }
}
