package io.baler.bench.source;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Objects;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourceServerTest {
    private static final int RECORDS = 12_345;
    private static ServerSocketChannel server;
    private static MongoClient client;
    private static MongoCollection<RawBsonDocument> logs;

    @BeforeAll
    static void start() throws IOException {
        server = SourceServer.open();
        var all = new BenchLogs(RECORDS);
        var thread = new Thread(() -> {
            try {
                SourceServer.serve(server, new Commands(all));
            } catch (IOException closed) {
                // that is its end
            }
        });
        thread.setDaemon(true);
        thread.start();
        client = MongoClients.create("mongodb://127.0.0.1:" + server.socket().getLocalPort());
        logs = client.getDatabase("bench").getCollection("activities", RawBsonDocument.class);
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void theDriverReadsEveryRecordOnceInOrder() {
        for (int batch : new int[] {0, 1_000, 1_234, 5_000, 20_000}) {
            var found = logs.find().sort(ascending("_id")).batchSize(batch).into(new ArrayList<>());

            assertThat(found).hasSize(RECORDS);
            assertThat(found.stream().map(SourceServerTest::id)).isSorted().doesNotHaveDuplicates();
        }
        assertThat(logs.countDocuments()).isEqualTo(RECORDS);
    }

    @Test
    void aRangeOfIdsIsWhatItSays() {
        var all = logs.find().into(new ArrayList<>());
        var range = and(gt("_id", id(all.get(4_321))), lte("_id", id(all.get(9_999))));

        assertThat(logs.find(range).into(new ArrayList<>())).isEqualTo(all.subList(4_322, 10_000));
        assertThat(logs.countDocuments(range)).isEqualTo(9_999 - 4_321);
        assertThat(logs.find(gt("_id", id(all.get(RECORDS - 1)))).first()).isNull();
    }

    @Test
    void theFirstAndTheLastIdAreFound() {
        var all = logs.find().into(new ArrayList<>());

        var first = logs.find()
                .sort(ascending("_id"))
                .projection(include("_id"))
                .limit(1)
                .first();
        var last = logs.find()
                .sort(descending("_id"))
                .projection(include("_id"))
                .limit(1)
                .first();

        assertThat(id(Objects.requireNonNull(first))).isEqualTo(id(all.get(0)));
        assertThat(id(Objects.requireNonNull(last))).isEqualTo(id(all.get(RECORDS - 1)));
    }

    @Test
    void recordsAreLifelikeAndAlwaysTheSame() {
        var record = Objects.requireNonNull(logs.find().first());

        assertThat(record.keySet()).contains("_id", "user", "action", "createdAt", "snapshot");
        assertThat(new BenchLogs(RECORDS).bytes() / RECORDS).isBetween(350L, 450L);
        assertThat(new BenchLogs(7).elements(0, 7)).isEqualTo(new BenchLogs(8).elements(0, 7));
    }

    @Test
    void whatItCannotDoIsRefusedByName() {
        assertThatExceptionOfType(MongoCommandException.class)
                .isThrownBy(() -> client.getDatabase("bench").runCommand(new Document("drop", "activities")))
                .withMessageContaining("no command drop");
    }

    private static ObjectId id(RawBsonDocument record) {
        return record.getObjectId("_id").getValue();
    }
}
