package io.baler.job.evidence;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * The public keys of everybody who has ever signed for this installation, so that old archives can be verified after
 * the key has been changed. Who must not trust the database keeps a copy of the key elsewhere.
 */
public final class PublishedKeys {
    static final String COLLECTION = "signingKeys";

    private final MongoOperations mongo;

    public PublishedKeys(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** @param since database time when a worker first used it */
    public record Published(VerificationKey key, Instant since) {}

    /** Makes the key known; again and again does no harm. */
    public void publish(VerificationKey key) {
        // the second condition never holds for a stored key: its insert then fails on the id
        var unknown = query(where("_id").is(key.id()).and("since").exists(false));
        var fresh = new Update().setOnInsert("publicKey", new Binary(key.der())).currentDate("since");
        try {
            mongo.upsert(unknown, fresh, COLLECTION);
        } catch (DuplicateKeyException known) {
            // published before
        }
    }

    /** All of them, the oldest first. */
    public List<Published> all() {
        return mongo.find(new Query().with(Sort.by("since", "_id")), Document.class, COLLECTION).stream()
                .map(key -> new Published(
                        VerificationKey.of(Objects.requireNonNull(key.get("publicKey", Binary.class))
                                .getData()),
                        key.getDate("since").toInstant()))
                .toList();
    }
}
