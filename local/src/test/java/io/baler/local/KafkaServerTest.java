package io.baler.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

    @TempDir
    Path directory;

    KafkaServer kafka;

    @BeforeEach
    void start() {
        kafka = KafkaServer.start(directory, 0);
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void aClientGoesOnWhenTheBrokerComesBackOnItsPort() throws Exception {
        Clients.createTopic(kafka, "topic");
        try (var producer = Clients.producer(kafka)) {
            producer.send(new ProducerRecord<>("topic", "before")).get(10, SECONDS);

            kafka.close();
            kafka = KafkaServer.start(directory, kafka.port());
            producer.send(new ProducerRecord<>("topic", "after")).get(10, SECONDS);
        }

        assertThat(Clients.values(kafka, "topic")).containsExactly("before", "after");
    }

    @Test
    void usingATopicDoesNotMakeIt() throws Exception {
        try (var producer = Clients.producer(kafka, 500)) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("mistyped", "value"))
                            .get(10, SECONDS))
                    .hasMessageContaining("mistyped");
        }

        assertThat(Clients.topics(kafka)).isEmpty();
    }

    @Test
    void aBrokerThatWantsToEndTheProcessDoesNot() throws Exception {
        Exit.exit(1, "as a broker does that cannot go on");
        Exit.halt(1, "or one whose disk is gone");

        Clients.createTopic(kafka, "topic");
        assertThat(Clients.topics(kafka)).containsExactly("topic");
    }
}
