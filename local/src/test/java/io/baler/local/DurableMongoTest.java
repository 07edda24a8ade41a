package io.baler.local;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.model.IndexOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableMongoTest extends MongoServerSuite {

    @TempDir
    Path directory;

    @Override
    MongoServer startServer() {
        return MongoServer.start(directory, 0);
    }

    void restart() {
        stop();
        start();
    }

    /** What a kill at this moment would leave: the file as it is now. */
    void kill() throws Exception {
        Path file = directory.resolve("store.mv");
        Path asItIs = directory.resolve("as-it-is");
        Files.copy(file, asItIs, StandardCopyOption.REPLACE_EXISTING);
        stop();
        Files.move(asItIs, file, StandardCopyOption.REPLACE_EXISTING);
        start();
    }

    @Test
    void valuesOfEveryTypeComeBackAsTheyWere() {
        var document = new Document("_id", new ObjectId())
                .append("double", 1.5)
                .append("string", "ümit\u0000\n")
                .append("document", new Document("a", 1).append("b", new Document()))
                .append("array", Arrays.asList(1, "two", null, List.of(3L)))
                .append("binary", new Binary(new byte[] {0, -1}))
                .append("true", true)
                .append("date", new Date(1_700_000_000_123L))
                .append("null", null)
                .append("int", Integer.MIN_VALUE)
                .append("long", Long.MAX_VALUE)
                .append("decimal", Decimal128.parse("1.10"))
                .append("timestamp", new BsonTimestamp(5, 6))
                .append("min", new MinKey())
                .append("max", new MaxKey());
        things.insertOne(document);

        restart();

        assertThat(things.find().first()).isEqualTo(document);
    }

    @Test
    void idsOfEveryTypeAreFoundAgain() {
        var ids = Arrays.asList(
                1,
                2L,
                2.5,
                "1",
                new ObjectId(),
                part("x", 1),
                true,
                new Date(0),
                new Binary(new byte[] {1}),
                new Binary((byte) 4, new byte[16]),
                null);
        ids.forEach(id -> things.insertOne(new Document("_id", id)));

        restart();

        assertThat(things.countDocuments()).isEqualTo(ids.size());
        assertThat(ids).allSatisfy(id -> {
            assertThat(things.find(eq("_id", id)).first()).containsEntry("_id", id);
            assertThatThrownBy(() -> things.insertOne(new Document("_id", id))).isInstanceOf(MongoWriteException.class);
        });
    }

    @Test
    void uniqueIndexesHoldAfterARestart() {
        things.createIndex(
                new Document("a", 1).append("b", -1),
                new IndexOptions().unique(true).sparse(true));
        things.insertOne(new Document("_id", 1).append("a", "x").append("b", part("x", 1)));
        things.insertOne(new Document("_id", 2).append("a", "x"));

        restart();

        assertThat(things.listIndexes()).hasSize(2);
        assertThatThrownBy(() ->
                        things.insertOne(new Document("_id", 3).append("a", "x").append("b", part("x", 1))))
                .isInstanceOf(MongoWriteException.class);
        assertThatThrownBy(() -> things.insertOne(new Document("_id", 3).append("a", "x")))
                .isInstanceOf(MongoWriteException.class);
    }

    @Test
    void everyAcknowledgedWriteIsInTheFile() throws Exception {
        things.createIndex(new Document("a", 1), new IndexOptions().unique(true));
        things.insertMany(List.of(document(1), document(2), document(3)));
        kill();
        things.updateOne(eq("_id", 1), new Document("$set", new Document("a", "changed")));
        kill();
        things.findOneAndDelete(eq("_id", 2));
        kill();
        things.deleteOne(eq("_id", 3));
        kill();

        assertThat(things.find()).containsExactly(document(1).append("a", "changed"));
        things.insertMany(List.of(document(2), document(3)));
    }

    @Test
    void whatWasDroppedStaysDropped() throws Exception {
        things.createIndex(new Document("a", 1), new IndexOptions().unique(true));
        things.insertOne(document(1));
        database.getCollection("others").insertOne(document(1));

        things.drop();
        kill();

        assertThat(database.listCollectionNames()).containsExactly("others");
        things.insertMany(List.of(document(1), document(2).append("a", "value 1")));
    }

    @Test
    void theFileDoesNotGrowWithUpdates() throws Exception {
        things.insertOne(document(1));
        for (int i = 0; i < 2_000; i++) {
            things.updateOne(eq("_id", 1), new Document("$inc", new Document("n", 1)));
        }

        assertThat(Files.size(directory.resolve("store.mv"))).isLessThan(1 << 20);
    }

    @Test
    void severalDatabasesAreKept() {
        client.getDatabase("one").getCollection("c").insertOne(document(1));
        client.getDatabase("two").getCollection("c").insertOne(document(2));

        restart();

        assertThat(client.getDatabase("one").getCollection("c").find()).containsExactly(document(1));
        assertThat(client.getDatabase("two").getCollection("c").find()).containsExactly(document(2));
    }

    private static Document document(int id) {
        return new Document("_id", id).append("a", "value " + id);
    }
}
