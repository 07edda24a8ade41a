package io.baler.worker.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes UTF-8 text as a JSON string: escaped only where JSON must, everything else byte for byte. Text that is not
 * UTF-8 is refused, for the caller to write in another form.
 */
final class JsonText {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = EACH << 7;
    private static final String HEX = "0123456789abcdef";
    /** Bytes that are looked at and copied in one go. */
    private static final int STRIDE = Long.BYTES;

    private JsonText() {}

    /** Appends the string with its quotes; false, and nothing appended, if it is not well-formed UTF-8. */
    static boolean write(byte[] text, int from, int to, GrowableBytes out) {
        int mark = out.length();
        out.ensureRoom(to - from + STRIDE + 2);
        out.write('"');
        int at = from;
        while (at < to) {
            at += copyPlain(text, at, to, out);
            if (at < to) {
                int taken = text[at] < 0 ? copySequences(text, at, to, out) : copyAscii(text[at], out);
                if (taken == 0) {
                    out.truncate(mark);
                    return false;
                }
                at += taken;
            }
        }
        out.write('"');
        return true;
    }

    // Eight bytes at a time: all are written, and those before the first that needs a look are kept.
    private static int copyPlain(byte[] text, int from, int to, GrowableBytes out) {
        out.ensureRoom(to - from + STRIDE);
        byte[] target = out.array();
        int shift = out.length() - from;
        int at = from;
        while (at < to && at <= text.length - STRIDE) {
            long word = (long) LONGS.get(text, at);
            LONGS.set(target, at + shift, word);
            int plain = Math.min(plainBytes(word), to - at);
            at += plain;
            if (plain < STRIDE) {
                break;
            }
        }
        out.advanceTo(at + shift);
        return at - from;
    }

    // How many bytes from the lowest up are printable ASCII other than quote and backslash. A borrow can mark a byte
    // wrongly, but only above one that is marked rightly, and the lowest mark alone counts.
    private static int plainBytes(long word) {
        long control = word - EACH * 0x20;
        long quote = (word ^ EACH * '"') - EACH;
        long backslash = (word ^ EACH * '\\') - EACH;
        long marks = (control | quote | backslash | word) & HIGH_BITS;
        return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
    }

    private static int copyAscii(byte b, GrowableBytes out) {
        switch (b) {
            case '"' -> out.ascii("\\\"");
            case '\\' -> out.ascii("\\\\");
            case '\b' -> out.ascii("\\b");
            case '\f' -> out.ascii("\\f");
            case '\n' -> out.ascii("\\n");
            case '\r' -> out.ascii("\\r");
            case '\t' -> out.ascii("\\t");
            default -> {
                if (b < ' ') {
                    out.ascii("\\u00");
                    out.write(HEX.charAt(b >> 4));
                    out.write(HEX.charAt(b & 0xF));
                } else {
                    out.write(b);
                }
            }
        }
        return 1;
    }

    // As many as follow each other, since text beyond ASCII comes in runs; 0 if one of them is ill-formed.
    private static int copySequences(byte[] text, int from, int to, GrowableBytes out) {
        int at = from;
        while (at < to && text[at] < 0) {
            int length = sequenceLength(text, at, to);
            if (length == 0) {
                return 0;
            }
            at += length;
        }
        out.write(text, from, at - from);
        return at - from;
    }

    // Table 3-7 of the Unicode standard, well-formed UTF-8 byte sequences; 0 for any other.
    private static int sequenceLength(byte[] text, int at, int to) {
        int lead = text[at] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || length > to - at) {
            return 0;
        }
        int second = text[at + 1] & 0xFF;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((text[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
