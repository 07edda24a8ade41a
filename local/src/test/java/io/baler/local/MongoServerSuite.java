package io.baler.local;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Updates.inc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application may expect of the server, wherever its data are. */
abstract class MongoServerSuite {

    MongoServer server;
    MongoClient client;
    MongoDatabase database;
    MongoCollection<Document> things;

    abstract MongoServer startServer();

    @BeforeEach
    void start() {
        server = startServer();
        client = Clients.mongodb(server);
        database = client.getDatabase(MongoServer.DATABASE).withWriteConcern(WriteConcern.MAJORITY);
        things = database.getCollection("things");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void saysHelloAsDriversAndHealthChecksExpect() {
        var hello = database.runCommand(new Document("hello", 1));

        assertThat(hello.getBoolean("isWritablePrimary")).isTrue();
        assertThat(hello.getInteger("maxWireVersion")).isPositive();
        assertThat(hello.getDouble("ok")).isEqualTo(1.0);
    }

    @Test
    void findsADocumentByACompositeId() {
        for (int n = 1; n <= 100; n++) {
            things.insertOne(new Document("_id", part("x", n)).append("n", n));
        }

        assertThat(things.find(eq("_id", part("x", 42))).first()).containsEntry("n", 42);
        assertThat(things.find(eq("_id", part("y", 42))).first()).isNull();
        assertThatThrownBy(() -> things.insertOne(new Document("_id", part("x", 42))))
                .isInstanceOfSatisfying(
                        MongoWriteException.class,
                        duplicate -> assertThat(duplicate.getCode()).isEqualTo(11000));
    }

    @Test
    void aSparseUniqueIndexLetsDocumentsWithoutTheFieldIn() {
        things.createIndex(
                new Document("liveKey", 1), new IndexOptions().unique(true).sparse(true));

        things.insertOne(new Document("_id", 1));
        things.insertOne(new Document("_id", 2));
        things.insertOne(new Document("_id", 3).append("liveKey", "k"));

        assertThatThrownBy(() -> things.insertOne(new Document("_id", 4).append("liveKey", "k")))
                .isInstanceOf(MongoWriteException.class);
        things.updateOne(eq("_id", 3), new Document("$unset", new Document("liveKey", "")));
        things.insertOne(new Document("_id", 4).append("liveKey", "k"));
        assertThat(things.countDocuments()).isEqualTo(4);
    }

    @Test
    void ofManyDocumentsThoseBeforeTheDuplicateAreIn() {
        things.insertOne(new Document("_id", 50));
        var many = IntStream.range(0, 100).mapToObj(n -> new Document("_id", n)).toList();

        assertThatThrownBy(() -> things.insertMany(many)).isInstanceOf(MongoBulkWriteException.class);

        assertThat(things.countDocuments()).isEqualTo(51);
    }

    @Test
    void concurrentUpdatesAreAllCounted() throws Exception {
        things.insertOne(new Document("_id", "counter").append("n", 0));
        Callable<Integer> hundredTimes = () -> {
            for (int i = 0; i < 100; i++) {
                things.findOneAndUpdate(eq("_id", "counter"), inc("n", 1), new FindOneAndUpdateOptions());
            }
            return 100;
        };

        var threads = Executors.newFixedThreadPool(8);
        for (var done : threads.invokeAll(List.of(hundredTimes, hundredTimes, hundredTimes, hundredTimes))) {
            done.get();
        }
        threads.shutdown();

        assertThat(things.find(eq("_id", "counter")).first()).containsEntry("n", 400);
    }

    @Test
    void aCursorReadsMoreThanABatchInOrder() {
        var documents = IntStream.range(0, 5_000)
                .mapToObj(n -> new Document("_id", 4_999 - n).append("text", "record " + n))
                .toList();
        things.insertMany(documents);

        var ids = new ArrayList<Integer>();
        for (var one : things.find(gt("_id", 999)).sort(Sorts.ascending("_id")).batchSize(100)) {
            ids.add(one.getInteger("_id"));
        }

        assertThat(ids)
                .containsExactlyElementsOf(IntStream.range(1_000, 5_000).boxed().toList());
    }

    @Test
    void aDroppedCollectionIsEmptyAndCanBeFilledAgain() {
        things.createIndex(new Document("a", 1), new IndexOptions().unique(true));
        things.insertOne(new Document("_id", 1).append("a", 1));

        things.drop();
        things.insertOne(new Document("_id", 1).append("a", 1));
        things.insertOne(new Document("_id", 2).append("a", 1));

        assertThat(things.countDocuments()).isEqualTo(2);
    }

    static Document part(String job, int n) {
        return new Document("jobId", job).append("gen", 0).append("n", n).append("epoch", 3L);
    }
}
