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
 * subtype 00, which is written for nothing else; keys that are not UTF-8 as {@code "$binary:…"} with their base64. A
 * record that is no BSON at all can be written as {@code {"_id":…,"$bson":"…"}} with all its bytes in base64.
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
     * @return false if something in it is not UTF-8, and so not written as text
     * @throws MalformedRecord if it is not BSON; {@code out} is then as it was
     */
    public static boolean encode(RawBsonDocument record, GrowableBytes out) {
        return encode(record.getBackingArray(), record.getByteOffset(), record.getByteLength(), out);
    }

    /**
     * Appends the JSON of the document that these bytes are, all of them and nothing else.
     *
     * @return false if something in it is not UTF-8, and so not written as text
     * @throws MalformedRecord if they are not; {@code out} is then as it was
     */
    public static boolean encode(byte[] bson, int offset, int length, GrowableBytes out) {
        int mark = out.length();
        try {
            return new RecordWriter(new BsonBytes(bson, offset, length), out).write();
        } catch (MalformedRecord e) {
            out.truncate(mark);
            throw e;
        }
    }

    /** Appends a record that {@link #encode} refuses: its bytes as they are, under the {@code _id} that it was read by. */
    public static void encodeMalformed(BsonValue id, RawBsonDocument record, GrowableBytes out) {
        out.ascii("{\"_id\":");
        byte[] json = toJson(id).getBytes(StandardCharsets.UTF_8);
        out.write(json, 0, json.length);
        out.ascii(",\"$bson\":\"");
        JsonBytes.base64(record.getBackingArray(), record.getByteOffset(), record.getByteLength(), out);
        out.ascii("\"}");
    }

    /** Appends text as it is written within a record. */
    public static void appendText(String text, GrowableBytes out) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        JsonText.write(utf8, 0, utf8.length, out);
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
