package io.baler.api.keys;

import io.baler.job.evidence.PublishedKeys;
import io.baler.job.evidence.PublishedKeys.Published;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@link PublishedKeys} over HTTP. */
@RestController
final class KeyController {
    private final PublishedKeys keys;

    KeyController(PublishedKeys keys) {
        this.keys = keys;
    }

    /** All that have ever signed here, the oldest first: old archives are verified with old keys. */
    @GetMapping(path = "/api/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
    KeyList list() {
        return new KeyList(keys.all().stream().map(KeyView::of).toList());
    }

    record KeyList(List<KeyView> keys) {}

    /**
     * @param id as manifests name it
     * @param publicKey SubjectPublicKeyInfo in PEM form, as openssl reads it
     * @param since when a worker first signed with it
     */
    record KeyView(String id, String algorithm, String publicKey, Instant since) {
        static KeyView of(Published published) {
            var key = published.key();
            return new KeyView(key.id(), "Ed25519", key.pem(), published.since());
        }
    }
}
