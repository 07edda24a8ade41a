package io.baler.api.limit;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Counts each requester's calls over all replicas, in minutes that begin with a call, by the database's clock: one
 * conditional update for a call that is let through. Over the end of a minute twice as many may pass at once.
 */
final class RequestRate {
    static final String COLLECTION = "requestCounts";

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final String ID = "_id";
    private static final String COUNT = "count";
    private static final String SINCE = "since";
    private static final String ASKED = "askedAt";

    private final MongoOperations mongo;
    private final int most;

    RequestRate(MongoOperations mongo, int most) {
        this.mongo = mongo;
        this.most = most;
    }

    void ensureIndex() {
        mongo.indexOps(COLLECTION)
                .createIndex(
                        new Index(SINCE, Direction.ASC).expire(FORGOTTEN_AFTER).named("forgotten"));
    }

    /** Counts a call. How long to wait is the answer if it is one too many, and then it does not count. */
    Optional<Duration> count(String requester) {
        while (true) {
            if (isCounted(requester)) {
                return Optional.empty();
            }
            var window = lookedAt(requester);
            if (window.isPresent() && !window.get().isOver()) {
                return Optional.of(window.get().left());
            }
            if (window.isPresent() ? isBegunAnew(requester) : isBegun(requester)) {
                return Optional.empty();
            }
            // another call has begun the minute
        }
    }

    private boolean isCounted(String requester) {
        var room = where(ID).is(requester).and(COUNT).lt(most).andOperator(age("$gt"));
        return mongo.updateFirst(query(room), new Update().inc(COUNT, 1), COLLECTION)
                        .getMatchedCount()
                == 1;
    }

    private boolean isBegunAnew(String requester) {
        var over = where(ID).is(requester).andOperator(age("$lte"));
        var anew = new Update().set(COUNT, 1).currentDate(SINCE);
        return mongo.updateFirst(query(over), anew, COLLECTION).getMatchedCount() == 1;
    }

    private boolean isBegun(String requester) {
        var unknown = where(ID).is(requester).and(SINCE).exists(false);
        try {
            mongo.upsert(query(unknown), new Update().setOnInsert(COUNT, 1).currentDate(SINCE), COLLECTION);
            return true;
        } catch (DuplicateKeyException another) {
            return false;
        }
    }

    private record Window(Duration age) {
        boolean isOver() {
            return age.compareTo(WINDOW) >= 0;
        }

        Duration left() {
            return WINDOW.minus(age);
        }
    }

    /** Written, since only a write has the database tell its time. */
    private Optional<Window> lookedAt(String requester) {
        var seen = mongo.findAndModify(
                query(where(ID).is(requester)),
                new Update().currentDate(ASKED),
                FindAndModifyOptions.options().returnNew(true),
                Document.class,
                COLLECTION);
        return Optional.ofNullable(seen)
                .map(window -> new Window(Duration.between(
                        window.getDate(SINCE).toInstant(), window.getDate(ASKED).toInstant())));
    }

    private static Criteria age(String comparison) {
        var minuteAgo = new Document("$subtract", List.of("$$NOW", WINDOW.toMillis()));
        return Criteria.expr(() -> new Document(comparison, List.of("$" + SINCE, minuteAgo)));
    }
}
