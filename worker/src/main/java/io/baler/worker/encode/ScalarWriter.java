package io.baler.worker.encode;

import java.util.Arrays;
import org.bson.types.Decimal128;

/**
 * Writes the values that hold no others: strings plainly, and what JSON has no type for as relaxed Extended JSON v2,
 * unless a plain form loses nothing.
 */
final class ScalarWriter {

    private static final int OBJECT_ID_BYTES = 12;
    private static final int UUID_BYTES = 16;
    private static final int SUBTYPE_GENERIC = 0;
    private static final int SUBTYPE_OLD = 2;
    private static final int SUBTYPE_UUID = 4;

    private final BsonBytes in;
    private final GrowableBytes out;
    private boolean exact = true;

    ScalarWriter(BsonBytes in, GrowableBytes out) {
        this.in = in;
        this.out = out;
    }

    /** Whether every text so far was UTF-8. */
    boolean isExact() {
        return exact;
    }

    void string() {
        int from = in.skipText();
        text(from, in.position() - 1);
    }

    // Text that is not UTF-8 has no JSON string. Its bytes are kept as Extended JSON's binary of subtype 0, a form
    // that nothing else takes here.
    private void text(int from, int to) {
        if (!JsonText.write(in.array(), from, to, out)) {
            exact = false;
            extendedBinary(SUBTYPE_GENERIC, from, to - from);
        }
    }

    void wrappedString(String opening) {
        out.ascii(opening);
        string();
        out.write('}');
    }

    void binary() {
        int count = in.int32();
        int subtype = Byte.toUnsignedInt(in.int8());
        int from = in.skip(count);
        if (subtype == SUBTYPE_GENERIC) {
            out.write('"');
            JsonBytes.base64(in.array(), from, count, out);
            out.write('"');
        } else if (subtype == SUBTYPE_UUID && count == UUID_BYTES) {
            out.write('"');
            JsonBytes.uuid(in.array(), from, out);
            out.write('"');
        } else if (subtype == SUBTYPE_OLD && repeatsItsLength(from, count)) {
            extendedBinary(subtype, from + Integer.BYTES, count - Integer.BYTES);
        } else {
            extendedBinary(subtype, from, count);
        }
    }

    // The old binary holds its length a second time. Where a driver left that out, all of it is the data.
    private boolean repeatsItsLength(int from, int count) {
        return count >= Integer.BYTES && in.int32At(from) == count - Integer.BYTES;
    }

    private void extendedBinary(int subtype, int from, int count) {
        out.ascii("{\"$binary\":{\"base64\":\"");
        JsonBytes.base64(in.array(), from, count, out);
        out.ascii("\",\"subType\":\"");
        JsonBytes.hex(new byte[] {(byte) subtype}, 0, 1, out);
        out.ascii("\"}}");
    }

    void objectId() {
        out.write('"');
        JsonBytes.hex(in.array(), in.skip(OBJECT_ID_BYTES), OBJECT_ID_BYTES, out);
        out.write('"');
    }

    void bool() {
        byte value = in.int8();
        if (value < 0 || value > 1) {
            throw in.malformed("a boolean is neither 0 nor 1");
        }
        out.ascii(value == 1 ? "true" : "false");
    }

    void regularExpression() {
        int pattern = in.position();
        int options = in.skipToZero() + 1;
        int end = in.skipToZero();
        out.ascii("{\"$regularExpression\":{\"pattern\":");
        text(pattern, options - 1);
        out.ascii(",\"options\":");
        options(options, end);
        out.ascii("}}");
    }

    // BSON wants them in alphabetical order; the drivers, which all sort them, need not have written them.
    private void options(int from, int to) {
        byte[] sorted = Arrays.copyOfRange(in.array(), from, to);
        Arrays.sort(sorted);
        if (sorted.length > 0 && sorted[0] < 0) {
            text(from, to);
        } else {
            JsonText.write(sorted, 0, sorted.length, out);
        }
    }

    void dbPointer() {
        out.ascii("{\"$dbPointer\":{\"$ref\":");
        string();
        out.ascii(",\"$id\":");
        objectId();
        out.ascii("}}");
    }

    void timestamp() {
        long both = in.int64();
        out.ascii("{\"$timestamp\":{\"t\":");
        JsonNumber.write(both >>> Integer.SIZE, out);
        out.ascii(",\"i\":");
        JsonNumber.write(both & 0xFFFF_FFFFL, out);
        out.ascii("}}");
    }

    void decimal() {
        long low = in.int64();
        long high = in.int64();
        out.ascii("{\"$numberDecimal\":\"");
        out.ascii(Decimal128.fromIEEE754BIDEncoding(high, low).toString());
        out.ascii("\"}");
    }
}
