package io.baler.worker.archive;

import io.baler.worker.encode.MalformedRecord;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** A record's {@code _id}, taken from its bytes: its place in the order, and where an export goes on. */
final class RecordId {

    private static final String ID = "_id";
    /** Behind the document's length and the element's type. */
    private static final int FIRST_NAME = 5;

    private RecordId() {}

    /** Makes sure that there is one, at next to no cost where it comes first, as MongoDB stores it. */
    static void require(RawBsonDocument record) {
        if (!isFirst(record) && !record.containsKey(ID)) {
            throw missing();
        }
    }

    /** The {@code _id}, which keeps nothing of the record in memory. */
    static BsonValue of(RawBsonDocument record) {
        BsonValue id = record.get(ID);
        if (id == null) {
            throw missing();
        }
        return id instanceof RawBsonDocument raw ? raw.decode(new BsonDocumentCodec()) : id;
    }

    private static MalformedRecord missing() {
        return new MalformedRecord("it has no _id", 0);
    }

    private static boolean isFirst(RawBsonDocument record) {
        byte[] bytes = record.getBackingArray();
        int at = record.getByteOffset() + FIRST_NAME;
        return record.getByteLength() > FIRST_NAME + ID.length()
                && bytes[at] == '_'
                && bytes[at + 1] == 'i'
                && bytes[at + 2] == 'd'
                && bytes[at + 3] == 0;
    }
}
