package io.baler.worker.simulation;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.baler.job.JobDatabase;
import io.baler.local.MongoServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** A MongoDB-wire server in memory, for one schedule after the other. */
final class Lane implements AutoCloseable {
    private final MongoServer server = MongoServer.inMemory(0);
    private final MongoClient client = MongoClients.create(server.connectionString());

    Lane() {
        JobDatabase.ensureIndexes(JobDatabase.template(new SimpleMongoClientDatabaseFactory(client, database())));
        for (var records : Shape.RECORDS) {
            fill(records);
        }
    }

    private void fill(int records) {
        var logs = new ArrayList<Document>();
        for (var id : idsOf(records)) {
            logs.add(new Document("_id", id)
                    .append("action", "PAGE_VIEW")
                    .append("n", logs.size())
                    .append("createdAt", Date.from(Instant.parse("2025-06-01T00:00:00Z"))));
        }
        if (!logs.isEmpty()) {
            client.getDatabase(database()).getCollection(collection(records)).insertMany(logs);
        }
    }

    /** Of two types where there are enough of them, so that a checkpoint may stand between. */
    private static List<Object> idsOf(int records) {
        return IntStream.range(0, records)
                .<Object>mapToObj(i -> i < records / 2 ? Integer.valueOf(i) : "id-" + (char) ('a' + i))
                .toList();
    }

    static List<String> expectedIds(int records) {
        return idsOf(records).stream().map(String::valueOf).toList();
    }

    static String collection(int records) {
        return "activities" + records;
    }

    String database() {
        return MongoServer.DATABASE;
    }

    MongoClient client() {
        return client;
    }

    MongoCollection<Document> jobs() {
        return client.getDatabase(database()).getCollection("exportJobs");
    }

    MongoCollection<Document> audits() {
        return client.getDatabase(database()).getCollection("exportAudits");
    }

    void forgetJobs() {
        jobs().deleteMany(new Document());
        for (var name : List.of("exportParts", "manifestChains")) {
            client.getDatabase(database()).getCollection(name).deleteMany(new Document());
        }
        audits().deleteMany(new Document());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
