package io.baler.api.export;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import io.baler.job.ExportJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Which job a client's key stands for: the first insert decides, for all replicas, before there is a job. Kept for a day
 * of the database's time.
 */
final class KeptKeys {
    static final String COLLECTION = "idempotencyKeys";
    static final Duration KEPT = Duration.ofHours(24);

    private static final String ID = "_id";
    private static final String BODY = "body";
    private static final String JOB = "jobId";
    private static final String REUSES = "reuses";
    private static final String RESTARTS = "restarts";
    private static final String SINCE = "createdAt";

    private final MongoOperations mongo;

    KeptKeys(MongoOperations mongo) {
        this.mongo = mongo;
    }

    void ensureIndex() {
        mongo.indexOps(COLLECTION)
                .createIndex(new Index(SINCE, Direction.ASC).expire(KEPT).named("kept_a_day"));
    }

    /**
     * What has been decided for a key.
     *
     * @param id digest of requester and key
     * @param body digest of what it was first sent with
     * @param jobId of the job that is, or is to be, created for it
     * @param reuses the job was there and finished
     * @param restarts instead of creating one: the running equal that is to begin anew
     */
    record KeptKey(
            @Id String id,
            String body,
            String jobId,
            boolean reuses,
            @Nullable Life restarts) {}

    /**
     * A job until it is restarted or resumed.
     *
     * @param liveSince its beginning, which each of the two sets anew
     */
    record Life(String jobId, Instant liveSince) {
        static Life of(ExportJob job) {
            return new Life(job.id(), job.liveSince());
        }
    }

    Optional<KeptKey> find(String key) {
        // asked and not left to the index alone, which clears up once a minute and not on every server
        var kept = query(where(ID).is(key).andOperator(age("$gte")));
        return Optional.ofNullable(mongo.findOne(kept, KeptKey.class, COLLECTION));
    }

    /** Decides for this job unless something has been decided already, and returns what has. */
    Optional<KeptKey> keep(KeyedCall call, String jobId, boolean reuses) {
        var unknown = query(where(ID).is(call.key()).and(SINCE).exists(false));
        var first = new Update()
                .setOnInsert(BODY, call.body())
                .setOnInsert(JOB, jobId)
                .setOnInsert(REUSES, reuses);
        try {
            mongo.upsert(unknown, first.currentDate(SINCE), COLLECTION);
        } catch (DuplicateKeyException known) {
            var outlived = query(where(ID).is(call.key()).andOperator(age("$lt")));
            var anew = new Update()
                    .set(BODY, call.body())
                    .set(JOB, jobId)
                    .set(REUSES, reuses)
                    .unset(RESTARTS);
            mongo.updateFirst(outlived, anew.currentDate(SINCE), COLLECTION);
        }
        return find(call.key());
    }

    /** Decides to restart this job instead, unless something else has been decided meanwhile. */
    void restart(KeptKey decided, ExportJob existing) {
        mongo.updateFirst(unchanged(decided), new Update().set(RESTARTS, Life.of(existing)), COLLECTION);
    }

    /** Decides for a new job, for what was to be restarted has ended, unless something else has been decided meanwhile. */
    void createInstead(KeptKey decided, String jobId) {
        mongo.updateFirst(unchanged(decided), new Update().set(JOB, jobId).unset(RESTARTS), COLLECTION);
    }

    private static Query unchanged(KeptKey decided) {
        var same = where(ID).is(decided.id()).and(JOB).is(decided.jobId());
        return query(same.and(RESTARTS).exists(decided.restarts() != null));
    }

    private static Criteria age(String comparison) {
        var dayAgo = new Document("$subtract", List.of("$$NOW", KEPT.toMillis()));
        return Criteria.expr(() -> new Document(comparison, List.of("$" + SINCE, dayAgo)));
    }
}
