package io.baler.worker.encode;

import java.nio.charset.StandardCharsets;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Turns one record's BSON into one line of compact JSON: always valid JSON and valid UTF-8, or {@link MalformedRecord}.
 *
 * <p>The rule is MongoDB's relaxed Extended JSON v2 with keys in the document's order, except for the types that have a
 * plain form which loses nothing: ObjectIds as hex, dates in ISO 8601, binary as base64 or a UUID's text, integers
 * exactly, doubles as JavaScript prints them. Strings that are not UTF-8 are written as {@code {"$binary":…}} with
 * subtype 00, which is written for nothing else; keys that are not UTF-8 as {@code "$binary:…"} with their base64.
 */
public final class JsonEncoder {

    /** Names the rule. Whatever changes a single byte of any record's JSON changes the version. */
    public static final String VERSION = "json-1";

    private static final String ONLY_KEY = "v";
    private static final String BEFORE_VALUE = "{\"" + ONLY_KEY + "\":";
    private static final String BEHIND_VALUE = "}";

    private JsonEncoder() {}

    /**
     * Appends the record's JSON, without a line break.
     *
     * @throws MalformedRecord if it is not BSON; {@code out} is then as it was
     */
    public static void encode(RawBsonDocument record, GrowableBytes out) {
        encode(record.getBackingArray(), record.getByteOffset(), record.getByteLength(), out);
    }

    /**
     * Appends the JSON of the document that these bytes are, all of them and nothing else.
     *
     * @throws MalformedRecord if they are not; {@code out} is then as it was
     */
    public static void encode(byte[] bson, int offset, int length, GrowableBytes out) {
        int mark = out.length();
        try {
            new RecordWriter(new BsonBytes(bson, offset, length), out).write();
        } catch (MalformedRecord e) {
            out.truncate(mark);
            throw e;
        }
    }

    /** One value, such as an {@code _id}, as it is written within a record. */
    public static String toJson(BsonValue value) {
        GrowableBytes out = new GrowableBytes(64);
        encode(new RawBsonDocument(new BsonDocument(ONLY_KEY, value), new BsonDocumentCodec()), out);
        int from = BEFORE_VALUE.length();
        int count = out.length() - from - BEHIND_VALUE.length();
        return new String(out.array(), from, count, StandardCharsets.UTF_8);
    }
}
