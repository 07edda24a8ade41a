package io.baler.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one token there is, compared in a time that tells nothing about it. */
final class StaticToken {
    private final byte[] expected;

    StaticToken(String token) {
        this.expected = sha256(token);
    }

    boolean matches(String presented) {
        // digests, because the comparison's time does depend on the length
        return MessageDigest.isEqual(expected, sha256(presented));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
