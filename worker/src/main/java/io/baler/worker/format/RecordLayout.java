package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.MalformedRecord;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** How records become the bytes of a file. Keeps nothing between two calls that another file could see. */
public interface RecordLayout {

    /** Names the rule by which records become bytes: whatever changes a byte changes it. */
    String encoder();

    /** What files' names end with, the dot included. */
    String suffix();

    /** Appends what every file begins with. */
    void begin(GrowableBytes file);

    /**
     * Appends a record.
     *
     * @param first it is the file's first
     * @return false if the record has text that is not UTF-8, which is then written in the closest lossless form
     * @throws MalformedRecord if it is not BSON; the file is then as it was
     */
    boolean append(RawBsonDocument record, boolean first, GrowableBytes file);

    /** Appends a record that is not BSON in a form that keeps its bytes. */
    void appendMalformed(BsonValue id, RawBsonDocument record, boolean first, GrowableBytes file);

    /** Appends what every file ends with. */
    void end(GrowableBytes file);
}
