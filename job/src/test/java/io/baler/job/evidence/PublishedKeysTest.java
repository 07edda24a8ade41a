package io.baler.job.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.FreshDatabases;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.mongodb.core.MongoTemplate;

class PublishedKeysTest {
    @RegisterExtension
    private static final FreshDatabases databases = new FreshDatabases();

    private MongoTemplate mongo;
    private PublishedKeys published;

    @BeforeEach
    void freshDatabase() {
        mongo = databases.next();
        published = new PublishedKeys(mongo);
    }

    @Test
    void aPublishedKeyComesBackWithTheDatabasesTime() {
        var key = key();

        published.publish(key);

        assertThat(published.all()).singleElement().satisfies(it -> {
            assertThat(it.key()).isEqualTo(key);
            assertThat(it.since())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        });
    }

    @Test
    void publishingAgainChangesNothing() {
        var key = key();
        published.publish(key);
        var longAgo = Instant.parse("2020-01-01T00:00:00Z");
        since(key, longAgo);

        published.publish(key);
        new PublishedKeys(mongo).publish(VerificationKey.of(key.der()));

        assertThat(published.all()).containsExactly(new PublishedKeys.Published(key, longAgo));
    }

    @Test
    void manyWorkersMayPublishTheSameKeyAtOnce() throws Exception {
        var key = key();
        var threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Void> publication = () -> {
                published.publish(key);
                return null;
            };
            for (var outcome : threads.invokeAll(
                    Stream.generate(() -> publication).limit(8).toList())) {
                outcome.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(published.all()).extracting(PublishedKeys.Published::key).containsExactly(key);
    }

    @Test
    void theOldestComesFirst() {
        var keys = List.of(key(), key(), key());
        keys.forEach(published::publish);
        since(keys.get(0), Instant.parse("2022-01-01T00:00:00Z"));
        since(keys.get(1), Instant.parse("2023-01-01T00:00:00Z"));
        since(keys.get(2), Instant.parse("2021-01-01T00:00:00Z"));

        assertThat(published.all())
                .extracting(PublishedKeys.Published::key)
                .containsExactly(keys.get(2), keys.get(0), keys.get(1));
    }

    private void since(VerificationKey key, Instant time) {
        mongo.getCollection(PublishedKeys.COLLECTION)
                .updateOne(new Document("_id", key.id()), new Document("$set", new Document("since", Date.from(time))));
    }

    private static VerificationKey key() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return VerificationKey.of(pair.getPublic().getEncoded());
        } catch (java.security.GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
