package io.baler.api.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request under a client's key, as digests only: a key may be as secret as its client thinks it is, and a body names
 * people.
 *
 * @param key of the requester and the key, so that nobody meets another's
 * @param body of the canonical JSON: neither spaces nor the order of members make another request
 */
record KeyedCall(String key, String body) {
    private static final JsonMapper CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    static KeyedCall of(Caller caller, IdempotencyKey key, JsonNode body) {
        // no key has a line break, so no two pairs read alike
        return new KeyedCall(sha256(key.text() + "\n" + caller.name()), sha256(CANONICAL.writeValueAsString(body)));
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
