package io.baler.standalone.load;

import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * A document as it will be stored.
 *
 * @param ownId whether the id came with it
 */
record PreparedLog(RawBsonDocument document, BsonValue id, boolean ownId, boolean dated, Place place) {

    /** Where it was read. */
    record Place(String input, long line) {

        @Override
        public String toString() {
            return input + ":" + line;
        }
    }
}
