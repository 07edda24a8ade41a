package io.baler.worker.source;

import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.type;

import io.baler.job.ExportFailed;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/**
 * The kinds of {@code _id} that MongoDB compares with one another, in its sort order. {@code $gt} and {@code $lte}
 * match only within the kind of their operand and skip all others silently, so a collection of several kinds is read
 * kind by kind. Null, MinKey and MaxKey, which are no ids but mistakes, are refused by name.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/">comparison order</a>
 */
enum IdBracket {
    NUMBER(BsonType.INT32, BsonType.INT64, BsonType.DOUBLE, BsonType.DECIMAL128),
    STRING(BsonType.STRING, BsonType.SYMBOL),
    DOCUMENT(BsonType.DOCUMENT),
    BINARY(BsonType.BINARY),
    OBJECT_ID(BsonType.OBJECT_ID),
    BOOLEAN(BsonType.BOOLEAN),
    DATE(BsonType.DATE_TIME),
    TIMESTAMP(BsonType.TIMESTAMP);

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<BsonType> types;

    IdBracket(BsonType... types) {
        this.types = List.of(types);
    }

    static IdBracket of(BsonValue id) {
        return Arrays.stream(values())
                .filter(bracket -> bracket.types.contains(id.getBsonType()))
                .findFirst()
                .orElseThrow(() -> new ExportFailed(
                        "unsupported-id",
                        "A record's _id is of the type " + id.getBsonType()
                                + ", which cannot be exported in order. The logs are untouched."));
    }

    /** Matches every {@code _id} of this kind. */
    Bson all() {
        // not by $type, which some servers do not know for the long deprecated symbols
        return this == STRING
                ? gte("_id", "")
                : or(types.stream().map(type -> type("_id", type)).toList());
    }
}
