package io.baler.standalone.verify;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as manifests write it: lower-case hex. */
final class Sha256 {

    private static final int BUFFER = 128 << 10;

    private final MessageDigest digest;

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    static String of(InputStream stream) throws IOException {
        var sha256 = new Sha256();
        var buffer = new byte[BUFFER];
        for (var n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
            sha256.update(buffer, 0, n);
        }
        return sha256.hex();
    }

    void update(byte[] bytes, int offset, int count) {
        digest.update(bytes, offset, count);
    }

    /** Of what came since the last time. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
