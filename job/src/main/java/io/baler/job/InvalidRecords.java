package io.baler.job;

import java.util.List;
import org.bson.BsonValue;

/**
 * Records of a file that JSON cannot say as they are: text that is not UTF-8, a type without a JSON form, bytes that are
 * no BSON. They are in the file all the same, in the closest form that loses nothing.
 *
 * @param count all of them
 * @param firstIds the {@code _id}s of the first {@value #NAMED} of them
 */
public record InvalidRecords(int count, List<BsonValue> firstIds) {
    /** Of each file; a source with more is broken as a whole, and a manifest has to stay readable. */
    public static final int NAMED = 100;

    public static final InvalidRecords NONE = new InvalidRecords(0, List.of());

    public InvalidRecords {
        firstIds = List.copyOf(firstIds);
    }
}
