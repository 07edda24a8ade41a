package io.baler.standalone.load;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Finds out which documents' ids are taken, in the input itself or in the collection, and stores nothing. */
final class Rehearsal implements Destination {

    private static final int BATCH = 1_000;

    private final MongoCollection<RawBsonDocument> collection;
    private final boolean emptied;
    private final BadRecords bad;
    private final Set<BsonValue> seen = new HashSet<>();
    private final List<PreparedLog> batch = new ArrayList<>();

    /** @param emptied whether the collection will be empty by then */
    Rehearsal(MongoCollection<RawBsonDocument> collection, boolean emptied, BadRecords bad) {
        this.collection = collection;
        this.emptied = emptied;
        this.bad = bad;
    }

    @Override
    public void add(PreparedLog log) {
        // ids given out here are new; only those that came along can be taken
        if (!log.ownId()) {
            return;
        }
        if (!seen.add(log.id())) {
            bad.add(log.place(), "its _id occurs before in the input");
            return;
        }
        batch.add(log);
        if (batch.size() == BATCH) {
            finish();
        }
    }

    @Override
    public void finish() {
        if (!emptied && !batch.isEmpty()) {
            var byId = new HashMap<BsonValue, PreparedLog>();
            batch.forEach(log -> byId.put(log.id(), log));
            for (var taken : collection.find(Filters.in("_id", byId.keySet())).projection(Projections.include("_id"))) {
                var log = byId.get(taken.get("_id"));
                if (log != null) {
                    bad.add(log.place(), "the collection has a document with its _id");
                }
            }
        }
        batch.clear();
    }
}
