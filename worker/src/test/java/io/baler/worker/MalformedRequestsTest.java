package io.baler.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.JobStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever somebody writes to the topic: it is in nobody's way, nothing of it is lost, and none of it is obeyed. */
class MalformedRequestsTest {
    private static final int MALFORMED = Effort.of(1_000, 10_000);
    private static final int GOOD = Effort.of(60, 1_000);

    /** What a broker takes unless it is told otherwise, less what a record needs besides its value. */
    private static final int MEBIBYTE = (1 << 20) - 100;

    private static Installation baler;

    @BeforeAll
    static void start() {
        baler = new Installation();
        baler.startWorker("--baler.worker.slots=4");
    }

    @AfterAll
    static void stop() {
        baler.close();
    }

    /** Says so when it is loaded. */
    static final class Canary {
        static final String LOADED = "baler.canary.loaded";

        static {
            System.setProperty(LOADED, "true");
        }
    }

    @Test
    void allThatIsMalformedIsADeadLetterAsItCameAndAllThatIsGoodIsExportedOnce() {
        var random = new Random(20_261_126);
        var malformed = new HashMap<Text, Text>();
        var good = IntStream.range(0, GOOD)
                .mapToObj(n -> new ObjectId().toHexString())
                .toList();
        var all = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var n = 0; n < MALFORMED; n++) {
            var key = new byte[16];
            random.nextBytes(key);
            var value = malformed(n, random);
            malformed.put(new Text(key), new Text(value));
            all.add(new ProducerRecord<>("baler.export.requested", key, value));
        }
        for (var id : good) {
            all.add(new ProducerRecord<>("baler.export.requested", bytes(id), bytes(request(id))));
        }
        Collections.shuffle(all, random);
        all.forEach(record -> hostileHeaders(record, random));

        publish(all);

        assertThat(deadLetters(MALFORMED)).isEqualTo(malformed);
        await().atMost(Duration.ofMinutes(10))
                .until(() -> good.stream()
                        .allMatch(id -> baler.jobs()
                                .find(id)
                                .filter(job -> job.status() == JobStatus.COMPLETED)
                                .isPresent()));
        assertThat(read("baler.export.finished", GOOD).stream().map(it -> new String(it.key(), StandardCharsets.UTF_8)))
                .containsExactlyInAnyOrderElementsOf(good);
        assertThat(baler.database().getCollection("exportJobs").countDocuments())
                .isEqualTo(GOOD);
        assertThat(System.getProperty(Canary.LOADED)).isNull();
    }

    private static String request(String id) {
        // one of each requester, or equal ones would be in each other's way; members that are not known yet are allowed
        return "{\"jobId\":\"%s\",\"requestedBy\":\"script-%s\",\"filters\":{},\"newer\":[1]}".formatted(id, id);
    }

    private static byte[] malformed(int n, Random random) {
        return switch (n % 8) {
            case 0 -> noise(random.nextInt(200), random);
            case 1 -> Arrays.copyOf(bytes(request(new ObjectId().toHexString())), 20 + random.nextInt(60));
            case 2 -> bytes("[".repeat(100_000));
            case 3 -> bytes("{\"filters\":".repeat(50_000));
            case 4 -> null;
            // few: each is a mebibyte twice over
            case 5 -> n % 200 == 5 ? noise(MEBIBYTE, random) : bytes("{\"jobId\":{\"$gt\":\"\"},\"filters\":{}}");
            case 6 -> bytes("{\"jobId\":\"../../etc\",\"requestedBy\":\"a\",\"filters\":{}}");
            default -> bytes("\"" + Canary.class.getName() + "\"");
        };
    }

    private static byte[] noise(int length, Random random) {
        var noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** What serializers and frameworks have taken for a class to load or a thing to do. */
    private static void hostileHeaders(ProducerRecord<byte[], byte[]> record, Random random) {
        var isFull = record.value() != null && record.value().length == MEBIBYTE;
        if (random.nextBoolean() && !isFull) {
            for (var name : List.of("__TypeId__", "__ContentTypeId__", "__KeyTypeId__", "ce_type", "contentType")) {
                record.headers().add(name, bytes(Canary.class.getName()));
            }
            record.headers().add("spring_json_header_types", bytes("{\"a\":\"" + Canary.class.getName() + "\"}"));
            record.headers().add("kafka_dlt-exception-message", noise(50, random));
        }
    }

    private static void publish(List<ProducerRecord<byte[], byte[]>> all) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", baler.stack().kafka().bootstrapServers(), "max.request.size", 4 << 20);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            all.stream().map(producer::send).toList().forEach(sent -> {
                try {
                    sent.get();
                } catch (Exception refused) {
                    throw new AssertionError(refused);
                }
            });
        }
    }

    private static Map<Text, Text> deadLetters(int count) {
        var letters = new HashMap<Text, Text>();
        for (var letter : read("baler.export.requested-dlt", count)) {
            assertThat(letter.headers().lastHeader("baler-reason").value()).isNotEmpty();
            letters.put(new Text(letter.key()), new Text(letter.value()));
        }
        return letters;
    }

    /** All messages of a topic with one partition, once there are so many. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", baler.stack().kafka().bootstrapServers());
        var read = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            await().atMost(Duration.ofMinutes(10)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(read::add);
                return read.size() >= count;
            });
        }
        return read;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that are equal where they are the same. */
    private record Text(String latin) {
        Text(byte[] bytes) {
            this(bytes == null ? "(none)" : new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }
}
