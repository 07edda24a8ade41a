package io.baler.standalone.load;

import java.util.Set;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonParseException;
import org.bson.json.JsonWriterSettings;
import org.bson.types.ObjectId;

/** Recognises MongoDB Extended JSON (canonical, relaxed and the older form) among ordinary objects. */
final class ExtendedJson {

    private static final Set<String> TYPES = Set.of(
            "$oid",
            "$date",
            "$numberInt",
            "$numberLong",
            "$numberDouble",
            "$numberDecimal",
            "$binary",
            "$uuid",
            "$timestamp",
            "$regularExpression",
            "$regex",
            "$code",
            "$symbol",
            "$dbPointer",
            "$minKey",
            "$maxKey",
            "$undefined");
    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    private ExtendedJson() {}

    /** The value that the object stands for: itself, unless its first key names a BSON type. */
    static BsonValue resolve(BsonDocument object) {
        if (object.isEmpty() || !TYPES.contains(object.getFirstKey())) {
            return object;
        }
        if (object.size() > 1) {
            return byTheDriver(object);
        }
        // by far the most common ones go without the detour
        return switch (object.getFirstKey()) {
            case "$oid" -> objectId(object);
            case "$date" -> date(object);
            default -> byTheDriver(object);
        };
    }

    private static BsonObjectId objectId(BsonDocument object) {
        if (object.get("$oid") instanceof BsonString hex && ObjectId.isValid(hex.getValue())) {
            return new BsonObjectId(new ObjectId(hex.getValue()));
        }
        throw unreadable(object);
    }

    private static BsonDateTime date(BsonDocument object) {
        var value = object.get("$date");
        if (value instanceof BsonInt64 millis) {
            return new BsonDateTime(millis.getValue());
        }
        if (value instanceof BsonInt32 millis) {
            return new BsonDateTime(millis.getValue());
        }
        if (value instanceof BsonString text) {
            return new BsonDateTime(IsoDate.epochMillis(text.getValue()));
        }
        throw unreadable(object);
    }

    /** Writes the object out again for the driver's own reader, which knows every type and both notations. */
    private static BsonValue byTheDriver(BsonDocument object) {
        // a scope's numbers must keep their types; other types' parts are written as plain numbers
        var json = object.toJson(object.containsKey("$scope") ? CANONICAL : RELAXED);
        try {
            return BsonDocument.parse("{\"value\": " + json + "}").get("value", object);
        } catch (JsonParseException | BsonInvalidOperationException | IllegalArgumentException e) {
            throw unreadable(object);
        }
    }

    private static BadRecord unreadable(BsonDocument object) {
        return new BadRecord("\"" + object.getFirstKey() + "\" is not followed by what extended JSON has there");
    }
}
