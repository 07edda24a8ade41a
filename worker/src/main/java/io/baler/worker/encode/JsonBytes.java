package io.baler.worker.encode;

import java.util.Arrays;
import java.util.Base64;

/** Writes bytes in the three ways that JSON has for them here: hexadecimal, a UUID's text, base64. */
final class JsonBytes {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private JsonBytes() {}

    static void hex(byte[] bytes, int from, int count, GrowableBytes out) {
        out.ensureRoom(2 * count);
        byte[] target = out.array();
        int at = out.length();
        for (int i = from; i < from + count; i++) {
            target[at++] = HEX[(bytes[i] >> 4) & 0xF];
            target[at++] = HEX[bytes[i] & 0xF];
        }
        out.advanceTo(at);
    }

    static void uuid(byte[] bytes, int from, GrowableBytes out) {
        hex(bytes, from, 4, out);
        out.write('-');
        hex(bytes, from + 4, 2, out);
        out.write('-');
        hex(bytes, from + 6, 2, out);
        out.write('-');
        hex(bytes, from + 8, 2, out);
        out.write('-');
        hex(bytes, from + 10, 6, out);
    }

    static void base64(byte[] bytes, int from, int count, GrowableBytes out) {
        byte[] encoded = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from, from + count));
        out.write(encoded, 0, encoded.length);
    }
}
