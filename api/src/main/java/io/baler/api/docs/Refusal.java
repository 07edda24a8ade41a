package io.baler.api.docs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;

/**
 * What a call may be refused with. A code has one status wherever it is given.
 *
 * @param meaning for those who write clients
 */
record Refusal(String code, HttpStatus status, String meaning) {
    private static final Map<String, Refusal> ALL = all();

    /** What every call may be refused with. */
    static final List<String> ANY = List.of(
            "bad-request",
            "unauthorized",
            "forbidden",
            "internal-server-error",
            "database-unavailable",
            "issuer-unavailable");

    /** What every call that changes something may be refused with as well. */
    static final String TOO_MANY = "too-many-requests";

    static final String CSRF = "csrf-token-required";

    private static Map<String, Refusal> all() {
        var all = new TreeMap<String, Refusal>();
        for (var refusal : List.of(
                new Refusal("bad-request", HttpStatus.BAD_REQUEST, "The request is none that the server understands"),
                new Refusal("invalid-request", HttpStatus.BAD_REQUEST, "A value is not valid; errors says which"),
                new Refusal("malformed-json", HttpStatus.BAD_REQUEST, "The body is no JSON, or nested too deeply"),
                new Refusal("incomplete-body", HttpStatus.BAD_REQUEST, "The body broke off"),
                new Refusal("unauthorized", HttpStatus.UNAUTHORIZED, "No valid bearer token was presented"),
                new Refusal(CSRF, HttpStatus.FORBIDDEN, "By cookie: the header X-CSRF-Token has to have the csrfToken"),
                new Refusal("token-required", HttpStatus.FORBIDDEN, "A session begins with a bearer token"),
                new Refusal("forbidden", HttpStatus.FORBIDDEN, "The caller may not do this"),
                new Refusal("not-found", HttpStatus.NOT_FOUND, "There is none with this id, or it is somebody else's"),
                new Refusal("no-results", HttpStatus.NOT_FOUND, "Nothing matched, so there is no archive"),
                new Refusal("no-manifest", HttpStatus.NOT_FOUND, "The export is from before there were manifests"),
                new Refusal("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, "Allow names the methods there are"),
                new Refusal("not-acceptable", HttpStatus.NOT_ACCEPTABLE, "The answer would not be what Accept names"),
                new Refusal("duplicate", HttpStatus.CONFLICT, "An equal export is under way: existing"),
                new Refusal("wrong-state", HttpStatus.CONFLICT, "Not in this state; possible says what is"),
                new Refusal("not-ready", HttpStatus.CONFLICT, "The export is not completed yet"),
                new Refusal("failed", HttpStatus.CONFLICT, "The export failed: failure"),
                new Refusal("cancelled", HttpStatus.CONFLICT, "The export was cancelled"),
                new Refusal("expired", HttpStatus.GONE, "The download, or the export, expired: expiredAt"),
                new Refusal("archive-lost", HttpStatus.GONE, "Somebody took the archive out of the storage"),
                new Refusal(
                        "content-too-large", HttpStatus.CONTENT_TOO_LARGE, "The body is larger than the server takes"),
                new Refusal("unsupported-media-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body has to be JSON"),
                new Refusal(
                        "no-such-range",
                        HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                        "The archive has no bytes there; Content-Range says how many it has"),
                new Refusal(
                        "unprocessable-request",
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "What is asked for cannot be had; errors says why"),
                new Refusal(
                        "idempotency-key-reused",
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "The key was sent with another body within a day"),
                new Refusal("export-deleted", HttpStatus.GONE, "What the key stood for has been deleted"),
                new Refusal(TOO_MANY, HttpStatus.TOO_MANY_REQUESTS, "Of calls that change something, limit a minute"),
                new Refusal("too-many-previews", HttpStatus.TOO_MANY_REQUESTS, "limit are counted at once already"),
                new Refusal(
                        "issuer-unavailable",
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The identity provider cannot be asked for its keys; the token may be good"),
                new Refusal("too-many-live-exports", HttpStatus.TOO_MANY_REQUESTS, "limit wait or run already"),
                new Refusal("too-many-streams", HttpStatus.TOO_MANY_REQUESTS, "limit streams are followed already"),
                new Refusal("internal-server-error", HttpStatus.INTERNAL_SERVER_ERROR, "A defect; the log has it"),
                new Refusal("database-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Come again after Retry-After"),
                new Refusal("storage-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "Come again after Retry-After"),
                new Refusal("too-many-downloads", HttpStatus.SERVICE_UNAVAILABLE, "The server streams all it may"),
                new Refusal("newer-version", HttpStatus.SERVICE_UNAVAILABLE, "A newer server has to be asked"),
                new Refusal("stopping", HttpStatus.SERVICE_UNAVAILABLE, "The server is stopping"))) {
            all.put(refusal.code, refusal);
        }
        return all;
    }

    static Refusal named(String code) {
        var refusal = ALL.get(code);
        if (refusal == null) {
            throw new IllegalArgumentException("no refusal is described as " + code);
        }
        return refusal;
    }

    static List<String> codes() {
        return List.copyOf(ALL.keySet());
    }
}
