package io.baler.worker.archive;

import io.baler.job.IdKind;
import io.baler.worker.encode.MalformedRecord;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/** A record's {@code _id}, taken from its bytes: its place in the order, and where an export goes on. */
final class RecordId {

    private static final String ID = "_id";
    /** Behind the document's length and the element's type. */
    private static final int FIRST_NAME = 5;

    private RecordId() {}

    /**
     * What it compares with, at next to no cost where it comes first, as MongoDB stores it.
     *
     * @throws MalformedRecord if there is none, or one that no record can be ordered by
     */
    static IdKind kindOf(RawBsonDocument record) {
        IdKind kind =
                IdKind.of(typeOf(record)).orElseThrow(() -> new MalformedRecord("its _id cannot be ordered by", 0));
        if (kind == IdKind.BINARY || kind == IdKind.DOCUMENT) {
            // some that the encoder can write the driver refuses, and too late if it were at the file's end
            of(record);
        }
        return kind;
    }

    private static BsonType typeOf(RawBsonDocument record) {
        if (isFirst(record)) {
            return BsonType.findByValue(record.getBackingArray()[record.getByteOffset() + FIRST_NAME - 1]);
        }
        return of(record).getBsonType();
    }

    /**
     * The {@code _id}, which keeps nothing of the record in memory.
     *
     * @throws MalformedRecord if there is none, or none that can be read
     */
    static BsonValue of(RawBsonDocument record) {
        BsonValue id = read(record);
        if (id == null) {
            throw new MalformedRecord("it has no _id", 0);
        }
        return id;
    }

    private static @Nullable BsonValue read(RawBsonDocument record) {
        try {
            BsonValue id = record.get(ID);
            return id instanceof RawBsonDocument raw ? raw.decode(new BsonDocumentCodec()) : id;
        } catch (RuntimeException unreadable) {
            // of whatever kind: the driver runs into them as they come. Without its cause, which may quote the record.
            throw new MalformedRecord("its _id cannot be read", 0);
        }
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
