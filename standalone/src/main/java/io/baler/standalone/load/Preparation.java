package io.baler.standalone.load;

import io.baler.standalone.load.PreparedLog.Place;
import java.time.Clock;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonNull;
import org.bson.BsonSerializationException;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Makes a parsed record the document that will be stored: a date in the time field, an id, encoded. */
final class Preparation {

    private static final int LARGEST = 16 * 1024 * 1024;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final TimeField timeField;
    private final AscendingIds ids;

    Preparation(String timeField, Clock clock) {
        this.timeField = new TimeField(timeField);
        this.ids = new AscendingIds(clock);
    }

    /** @throws BadRecord if MongoDB cannot hold it */
    PreparedLog prepare(BsonDocument record, Place place) {
        var dated = timeField.convert(record);
        var ownId = record.containsKey("_id");
        var document = ownId ? record : withId(record);
        return new PreparedLog(encode(document), document.get("_id", BsonNull.VALUE), ownId, dated, place);
    }

    private BsonDocument withId(BsonDocument record) {
        var document = new BsonDocument("_id", ids.next());
        document.putAll(record);
        return document;
    }

    private static RawBsonDocument encode(BsonDocument document) {
        try {
            var encoded = new RawBsonDocument(document, CODEC);
            if (encoded.getByteBuffer().remaining() > LARGEST) {
                throw new BadRecord("larger than the 16 MiB that a document can have");
            }
            return encoded;
        } catch (BsonSerializationException | BsonInvalidOperationException e) {
            throw new BadRecord(String.valueOf(e.getMessage()), e);
        }
    }
}
