package io.baler.standalone.load;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Inserts in batches. A document that MongoDB refuses is named as bad and does not keep the others out. */
final class Insertion implements Destination {

    private static final int BATCH = 1_000;
    private static final long BATCH_BYTES = 8L * 1024 * 1024;
    // one refused document would otherwise end its batch; the order in the collection is the ids' anyway
    private static final InsertManyOptions ALL = new InsertManyOptions().ordered(false);

    private final MongoCollection<RawBsonDocument> collection;
    private final BadRecords bad;
    private final boolean undoable;
    private final List<PreparedLog> batch = new ArrayList<>();
    private final List<BsonValue> inserted = new ArrayList<>();
    private long bytes;
    private long loaded;

    /** @param undoable whether to remember what was inserted, at some 50 bytes a document */
    Insertion(MongoCollection<RawBsonDocument> collection, BadRecords bad, boolean undoable) {
        this.collection = collection;
        this.bad = bad;
        this.undoable = undoable;
    }

    @Override
    public void add(PreparedLog log) {
        batch.add(log);
        bytes += log.document().getByteBuffer().remaining();
        if (batch.size() == BATCH || bytes >= BATCH_BYTES) {
            finish();
        }
    }

    @Override
    public void finish() {
        if (batch.isEmpty()) {
            return;
        }
        var refused = insert();
        for (var i = 0; i < batch.size(); i++) {
            var error = refused.get(i);
            if (error != null) {
                bad.add(batch.get(i).place(), error);
            } else {
                loaded++;
                if (undoable) {
                    inserted.add(batch.get(i).id());
                }
            }
        }
        batch.clear();
        bytes = 0;
    }

    /** Takes everything out again that this object has inserted, and nothing else. */
    void undo() {
        for (var from = 0; from < inserted.size(); from += BATCH) {
            var ids = inserted.subList(from, Math.min(from + BATCH, inserted.size()));
            loaded -= collection.deleteMany(Filters.in("_id", ids)).getDeletedCount();
        }
        inserted.clear();
    }

    long loaded() {
        return loaded;
    }

    /** Returns what MongoDB refused: why, by its index in the batch. */
    private Map<Integer, String> insert() {
        try {
            collection.insertMany(batch.stream().map(PreparedLog::document).toList(), ALL);
            return Map.of();
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null) {
                throw e;
            }
            return e.getWriteErrors().stream()
                    .collect(Collectors.toMap(BulkWriteError::getIndex, BulkWriteError::getMessage));
        }
    }
}
