package io.baler.api.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.baler.local.MongoServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BoundedCountTest {
    private static final int RECORDS = 1_000;
    private static final BsonDocument ALL = new BsonDocument();

    private static MongoServer server;
    private static MongoClient client;
    private static MongoCollection<RawBsonDocument> logs;

    @BeforeAll
    static void fill() {
        server = MongoServer.inMemory(0);
        client = MongoClients.create(server.connectionString());
        logs = client.getDatabase("logs").getCollection("activities", RawBsonDocument.class);
        logs.withDocumentClass(BsonDocument.class)
                .insertMany(IntStream.range(0, RECORDS)
                        .mapToObj(i -> new BsonDocument("_id", new BsonInt32(i)))
                        .toList());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void withTimeEnoughTheCountIsExact() {
        assertThat(BoundedCount.of(logs, ALL, Deadline.in(Duration.ofMinutes(1))))
                .isEqualTo(new BoundedCount(RECORDS, true));
    }

    @Test
    void nothingThatMatchesIsExact() {
        var none = new BsonDocument("_id", new BsonInt32(-1));

        assertThat(BoundedCount.of(logs, none, Deadline.in(Duration.ofMinutes(1))))
                .isEqualTo(new BoundedCount(0, true));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "1, 1, false", "3, 16, false", "5, 256, false", "6, 1000, true"})
    void whatWasCountedBeforeTheTimeWasUpIsALowerBound(int looks, long count, boolean exact) {
        // each look at the clock takes a second
        var clock = new AtomicLong();
        var deadline = Deadline.in(Duration.ofSeconds(looks + 1), () -> clock.getAndAdd(1_000_000_000L));

        assertThat(BoundedCount.of(logs, ALL, deadline)).isEqualTo(new BoundedCount(count, exact));
    }

    @Test
    void aSampleTakesNoMoreTimeThanThereIs() {
        assertThat(SampledSize.of(logs, ALL, Deadline.in(Duration.ZERO))).isEmpty();
        assertThat(SampledSize.of(logs, ALL, Deadline.in(Duration.ofMinutes(1))))
                .isPresent();
    }

    @Test
    void aPreviewTakesFiveSecondsAtMostAndTwoAreMadeAtOnce() {
        var unset = new Binder(new MapConfigurationPropertySource(Map.of()));

        assertThat(unset.bindOrCreate("baler.preview", PreviewSettings.class))
                .isEqualTo(new PreviewSettings(Duration.ofSeconds(5), 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PreviewSettings(Duration.ZERO, 2))
                .withMessageContaining("baler.preview.time-limit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PreviewSettings(Duration.ofSeconds(5), 0))
                .withMessageContaining("baler.preview.at-once");
    }
}
