package io.baler.api.keys;

import io.baler.job.evidence.PublishedKeys.Published;
import java.time.Instant;
import java.util.List;

/** Public keys as the api shows them. */
record KeyList(List<Key> keys) {

    /**
     * @param id as manifests name it
     * @param publicKey SubjectPublicKeyInfo in PEM form, as openssl reads it
     * @param since when a worker first signed with it
     */
    record Key(String id, String algorithm, String publicKey, Instant since) {
        static Key of(Published published) {
            var key = published.key();
            return new Key(key.id(), "Ed25519", key.pem(), published.since());
        }
    }
}
