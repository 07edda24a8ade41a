package io.baler.worker;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/** Logs that deflate cannot shrink, so that a few thousand of them make an archive of several parts. */
public final class LargeLogs {
    private static final int PAYLOAD_BYTES = 8_192;
    private static final int BATCH = 500;

    private LargeLogs() {}

    /** Adds the records, a multiple of 500, and returns their ids in order. */
    public static List<String> fill(MongoDatabase database, int records) {
        var ids = new ArrayList<String>();
        var random = new Random(42);
        for (int batch = 0; batch < records / BATCH; batch++) {
            var logs = new ArrayList<Document>();
            for (int i = 0; i < BATCH; i++) {
                var payload = new byte[PAYLOAD_BYTES];
                random.nextBytes(payload);
                var id = new ObjectId();
                ids.add(id.toHexString());
                logs.add(new Document("_id", id).append("payload", new Binary(payload)));
            }
            database.getCollection("activities").insertMany(logs);
        }
        return ids;
    }
}
