package io.baler.standalone.demo;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.baler.standalone.sample.SampleLogs;
import io.baler.standalone.sample.SampleUser;
import io.baler.standalone.terminal.CommandFailed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.bson.BsonDocument;

/** The sample logs and the users they tell of: written to a database, and told again to compare with. */
final class SampleSource {

    private static final int BATCH = 1_000;

    private final SampleLogs logs;

    SampleSource(long records) {
        this.logs = new SampleLogs(records);
    }

    void fill(String mongodb) {
        var address = new ConnectionString(mongodb);
        if (address.getDatabase() == null) {
            throw new CommandFailed("the embedded MongoDB names no database");
        }
        try (var client = MongoClients.create(address)) {
            var database = client.getDatabase(address.getDatabase());
            collection(database, "users").insertMany(SampleUser.documents());
            var activities = collection(database, "activities");
            var batch = new ArrayList<BsonDocument>(BATCH);
            for (var log : logs) {
                batch.add(log);
                if (batch.size() == BATCH) {
                    activities.insertMany(batch);
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                activities.insertMany(batch);
            }
        }
    }

    /** The ids of the logs that belong, as an export writes them, in ascending order. */
    Iterator<String> ids(Predicate<BsonDocument> belongs) {
        return StreamSupport.stream(logs.spliterator(), false)
                .filter(belongs)
                .map(log -> log.getObjectId("_id").getValue().toHexString())
                .iterator();
    }

    private static MongoCollection<BsonDocument> collection(MongoDatabase database, String name) {
        return database.getCollection(name, BsonDocument.class);
    }
}
