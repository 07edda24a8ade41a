package io.baler.api.export;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * The SHA-256 of what is asked for, as HTTP says it.
 *
 * @param sha256 lower-case hex
 */
record HttpDigest(String sha256) {
    /** RFC 9530: tells what was received from what should have been. */
    private static final String REPR_DIGEST = "Repr-Digest";

    void tell(HttpHeaders headers) {
        var base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        headers.setETag(etag());
        headers.set(REPR_DIGEST, "sha-256=:" + base64 + ":");
    }

    /** Whether the caller names it in {@code If-None-Match}: what it has is this. */
    boolean isKnownTo(HttpServletRequest request) {
        // without a response, which it would otherwise write to
        return new ServletWebRequest(request).checkNotModified(etag());
    }

    /** Whether an {@code If-Range} is this; a weak one is none, and no date either. */
    boolean isNamedBy(String condition) {
        return condition.strip().equals(etag());
    }

    private String etag() {
        return '"' + sha256 + '"';
    }
}
