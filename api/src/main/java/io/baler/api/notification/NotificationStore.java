package io.baler.api.notification;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;

/** Keeps notifications; what it does twice has happened once. */
final class NotificationStore {
    private static final Logger log = LoggerFactory.getLogger(NotificationStore.class);
    private static final String TOLD = "toldAt";

    private final MongoOperations mongo;
    private final Clock clock;

    NotificationStore(MongoOperations mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Creating them again changes nothing. */
    void ensureIndexes() {
        var notifications = mongo.indexOps(Notification.class);
        notifications.createIndex(new Index("requestedBy", Direction.ASC)
                .on("seen", Direction.ASC)
                .on(TOLD, Direction.DESC)
                .on("_id", Direction.DESC)
                .named("unseen_newest_first"));
        // at the time in the document: another retention must not need another index
        notifications.createIndex(
                new Index("expiresAt", Direction.ASC).expire(0).named("retention"));
    }

    /** Adds it unless it is there already, seen or not. */
    void tell(Notification notification) {
        var fields = new Document();
        mongo.getConverter().write(notification, fields);
        fields.remove("_id");
        fields.remove(TOLD);
        try {
            mongo.execute(
                    Notification.class,
                    // only an update can take the database's time; the condition never holds for a stored one
                    notifications -> notifications.updateOne(
                            new Document("_id", notification.id()).append("jobId", new Document("$exists", false)),
                            new Document("$setOnInsert", fields).append("$currentDate", new Document(TOLD, true)),
                            new UpdateOptions().upsert(true)));
        } catch (DuplicateKeyException told) {
            log.debug("Notification {} was there already", notification.id());
        }
    }

    /** Newest first. */
    List<Notification> unseen(String requestedBy, int most) {
        var unseen = where("requestedBy")
                .is(requestedBy)
                .and("seen")
                .is(false)
                // MongoDB removes them up to a minute late, and the embedded server never
                .and("expiresAt")
                .gt(clock.instant());
        return mongo.find(query(unseen).with(Sort.by(TOLD, "id").descending()).limit(most), Notification.class);
    }

    /** Whether there is such a one of this requester's. */
    boolean see(String requestedBy, String id) {
        return mongo.updateFirst(query(own(requestedBy, id)), seen(), Notification.class)
                        .getMatchedCount()
                == 1;
    }

    /**
     * Together with all that were told before it, and so none that the requester cannot have seen when it was the newest;
     * whether there is such a one.
     */
    boolean seeUpTo(String requestedBy, String id) {
        var last = Optional.ofNullable(mongo.findOne(query(own(requestedBy, id)), Notification.class));
        last.ifPresent(newest -> {
            var unseen = where("requestedBy")
                    .is(requestedBy)
                    .and("seen")
                    .is(false)
                    // its whole millisecond: the embedded server keeps parts of one that nobody is told
                    .and(TOLD)
                    .lt(newest.toldAt().plusMillis(1));
            mongo.updateMulti(query(unseen), seen(), Notification.class);
        });
        return last.isPresent();
    }

    private static Criteria own(String requestedBy, String id) {
        return where("id").is(id).and("requestedBy").is(requestedBy);
    }

    private static Update seen() {
        return new Update().set("seen", true);
    }
}
