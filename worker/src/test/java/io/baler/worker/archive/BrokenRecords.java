package io.baler.worker.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.bson.RawBsonDocument;

/** Damages records as a failing disk or a careless driver does. */
final class BrokenRecords {

    private static final int NO_TYPE = 0x20;
    private static final int LENGTH = Integer.BYTES;

    private BrokenRecords() {}

    /** The first byte of a field's text becomes one that UTF-8 does not have. */
    static RawBsonDocument withBrokenText(RawBsonDocument record, String field) {
        byte[] bytes = copy(record);
        bytes[nameOf(field, bytes) + field.length() + 1 + LENGTH] = (byte) 0xFF;
        return new RawBsonDocument(bytes);
    }

    /** A field gets a type that BSON does not have. */
    static RawBsonDocument withUnknownType(RawBsonDocument record, String field) {
        byte[] bytes = copy(record);
        bytes[nameOf(field, bytes) - 1] = NO_TYPE;
        return new RawBsonDocument(bytes);
    }

    /** A field's text claims to be longer than the record. */
    static RawBsonDocument withLengthThatLies(RawBsonDocument record, String field) {
        byte[] bytes = copy(record);
        bytes[nameOf(field, bytes) + field.length() + LENGTH] = 0x7F;
        return new RawBsonDocument(bytes);
    }

    static byte[] copy(RawBsonDocument record) {
        int from = record.getByteOffset();
        return Arrays.copyOfRange(record.getBackingArray(), from, from + record.getByteLength());
    }

    private static int nameOf(String field, byte[] bytes) {
        byte[] name = (field + "\0").getBytes(UTF_8);
        for (int at = 1; at <= bytes.length - name.length; at++) {
            if (isType(bytes[at - 1]) && Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("no field " + field);
    }

    private static boolean isType(byte before) {
        return before > 0 && before < ' ';
    }
}
