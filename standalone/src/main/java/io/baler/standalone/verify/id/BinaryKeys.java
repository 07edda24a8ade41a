package io.baler.standalone.verify.id;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The places of binary {@code _id}s: MongoDB compares their lengths, then their subtypes, then their bytes. */
final class BinaryKeys {

    private static final int SUBTYPE_GENERIC = 0;
    private static final int SUBTYPE_OLD = 2;
    private static final int SUBTYPE_UUID = 4;
    private static final String UUID = "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";

    private BinaryKeys() {}

    static List<Key> of(Written written) {
        if (written.isObject()) {
            var subtype = Integer.parseInt(written.required("$binary.subType"), 16);
            return of(subtype, bytes(written.required("$binary.base64")));
        }
        var text = written.text();
        return text.matches(UUID)
                ? of(SUBTYPE_UUID, HexFormat.of().parseHex(text.replace("-", "")))
                : of(SUBTYPE_GENERIC, bytes(text));
    }

    private static List<Key> of(int subtype, byte[] bytes) {
        var plain = key(bytes.length, subtype, bytes);
        // the old subtype mostly holds its length a second time, which archives leave out and MongoDB counts
        return subtype == SUBTYPE_OLD
                ? List.of(plain, key(bytes.length + Integer.BYTES, subtype, bytes))
                : List.of(plain);
    }

    private static Key key(int length, int subtype, byte[] bytes) {
        return Key.of(ByteBuffer.allocate(Integer.BYTES + 1 + bytes.length)
                .putInt(length)
                .put((byte) subtype)
                .put(bytes)
                .array());
    }

    static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
