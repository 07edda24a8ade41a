package io.baler.api.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An export at a moment, as it is sent.
 *
 * @param json the view's
 * @param tag tells it from the same export at another moment
 */
record Snapshot(ExportView view, String json, String tag) {
    /** Bytes of the SHA-256: nobody gains by finding two alike. */
    private static final int TAG_BYTES = 12;

    static Snapshot of(ExportView view, String json) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return new Snapshot(view, json, HexFormat.of().formatHex(digest, 0, TAG_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** For {@code ETag}. */
    String etag() {
        return '"' + tag + '"';
    }
}
