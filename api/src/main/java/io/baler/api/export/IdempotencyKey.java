package io.baler.api.export;

import io.baler.job.request.InvalidRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * What a client calls one request by, however often it has to send it. Taken as it is, quotation marks included: a
 * client repeats what it sent.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">the header's draft</a>
 */
record IdempotencyKey(String text) {
    static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[\\x20-\\x7E]{1,255}");

    /** None where nobody gave one. */
    static Optional<IdempotencyKey> in(HttpHeaders headers) {
        var given = headers.getOrDefault(HEADER, List.of());
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1) {
            throw InvalidRequest.malformed(HEADER, "is there " + given.size() + " times; one key names one request");
        }
        if (!FORM.matcher(given.get(0)).matches()) {
            throw InvalidRequest.malformed(HEADER, "must be 1 to 255 printable ASCII characters");
        }
        return Optional.of(new IdempotencyKey(given.get(0)));
    }
}
