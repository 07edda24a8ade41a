package io.baler.standalone.verify.id;

import io.baler.job.IdKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** The places in MongoDB's order that a written {@code _id} can have. */
final class Keys {

    private static final int OBJECT_ID_DIGITS = 24;

    private Keys() {}

    /** @throws BadId if what is written is nothing of the kind */
    static List<Key> of(IdKind kind, Written written) {
        try {
            return switch (kind) {
                case NUMBER -> NumberKeys.ofJson(written);
                case STRING -> List.of(Key.of(text(written)));
                case DOCUMENT -> List.of(Key.of(document(written)));
                case BINARY -> BinaryKeys.of(written);
                case OBJECT_ID -> List.of(Key.of(objectId(written.text())));
                case BOOLEAN -> List.of(Key.of(bool(written.text())));
                case DATE -> List.of(Key.of(date(written)));
                case TIMESTAMP -> List.of(Key.of(timestamp(written)));
            };
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException unreadable) {
            throw new BadId(kind, written.text(), unreadable);
        }
    }

    /** A string's or a symbol's bytes, which MongoDB compares as such. Workers refuse those that are not UTF-8. */
    private static byte[] text(Written written) {
        var text = written.isObject() ? written.required("$symbol") : written.text();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] document(Written written) {
        return HexFormat.of().parseHex(String.valueOf(written.sha256()));
    }

    private static byte[] objectId(String text) {
        if (text.length() != OBJECT_ID_DIGITS) {
            throw new IllegalArgumentException("an ObjectId has " + OBJECT_ID_DIGITS + " digits");
        }
        return HexFormat.of().parseHex(text);
    }

    private static byte[] bool(String text) {
        return switch (text) {
            case "false" -> new byte[] {0};
            case "true" -> new byte[] {1};
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static byte[] date(Written written) {
        var millis = written.isObject()
                ? Long.parseLong(written.required("$date.$numberLong"))
                : Instant.parse(written.text()).toEpochMilli();
        // dates before 1970 come first, and bytes are compared as unsigned
        return eightBytes(millis ^ Long.MIN_VALUE);
    }

    private static byte[] timestamp(Written written) {
        var seconds = Long.parseLong(written.required("$timestamp.t"));
        var increment = Long.parseLong(written.required("$timestamp.i"));
        return eightBytes(seconds << Integer.SIZE | increment);
    }

    private static byte[] eightBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
