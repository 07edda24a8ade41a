package io.baler.job.source;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.ClientSessionOptions;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.baler.job.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** The MongoDB that holds the logs and their users; it is only ever read. */
public final class LogDatabase implements AutoCloseable {
    private final MongoClient client;
    private final String database;
    private final SourceSettings settings;

    /** Owns the client, and closes it. */
    public LogDatabase(MongoClient client, String database, SourceSettings settings) {
        this.client = client;
        this.database = database;
        this.settings = settings;
    }

    /** Every record as the bytes that MongoDB sent, as the primary has it now. */
    public MongoCollection<RawBsonDocument> logs(Selection selection) {
        return primary(selection.database()).getCollection(selection.collection(), RawBsonDocument.class);
    }

    /** To read the records of exports from where the settings say; asks the primary how far it is if that is elsewhere. */
    public RecordReads records(Selection selection) {
        if (settings.read().isOfPrimary()) {
            return new RecordReads(logs(selection), null);
        }
        var session = client.startSession(
                ClientSessionOptions.builder().causallyConsistent(true).build());
        try {
            primary(selection.database()).runCommand(session, new BsonDocument("ping", new BsonInt32(1)));
            var there = logs(selection)
                    .withReadPreference(settings.read().inMongodb())
                    // what a failover would take back is in no archive
                    .withReadConcern(ReadConcern.MAJORITY);
            return new RecordReads(there, session);
        } catch (RuntimeException notReached) {
            session.close();
            throw notReached;
        }
    }

    /** A secondary that lags behind would end the result set too early, and nobody would notice. */
    private MongoDatabase primary(String name) {
        return client.getDatabase(name).withReadPreference(ReadPreference.primary());
    }

    /**
     * Asks whether it answers.
     *
     * @throws com.mongodb.MongoException if it does not within this time
     */
    public void ping(Duration patience) {
        // a read, since the driver repeats reads on another connection if theirs was broken
        primary(database)
                .withTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .getCollection(settings.collection())
                .estimatedDocumentCount();
    }

    public String database() {
        return database;
    }

    /** The ids of all users of each name; a name without users is not in the answer. */
    public Map<String, List<BsonValue>> idsOf(Collection<String> usernames) {
        var name = settings.users().nameField();
        var found = new TreeMap<String, List<BsonValue>>();
        for (var user : primary(database)
                .getCollection(settings.users().collection(), BsonDocument.class)
                .find(in(name, usernames))
                .projection(include(name))) {
            if (at(user, name) instanceof BsonString username) {
                found.computeIfAbsent(username.getValue(), n -> new ArrayList<>())
                        .add(user.get("_id"));
            }
        }
        return found;
    }

    /**
     * Names of users that begin so, whatever their case, in order; none where users are not looked up.
     *
     * @param most of them
     * @throws com.mongodb.MongoException if they are not found within this time
     */
    public List<String> namesLike(String beginning, int most, Duration patience) {
        if (!settings.users().areLookedUp()) {
            return List.of();
        }
        var name = settings.users().nameField();
        var found = new TreeSet<String>();
        for (var user : primary(database)
                .getCollection(settings.users().collection(), BsonDocument.class)
                .find(regex(name, "^" + Pattern.quote(beginning), "i"))
                .projection(include(name))
                .sort(ascending(name))
                .limit(most)
                .maxTime(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            if (at(user, name) instanceof BsonString username) {
                found.add(username.getValue());
            }
        }
        return List.copyOf(found);
    }

    /**
     * The actions of the newest logs, in order: those that people are likely to look for.
     *
     * @param records that are looked at
     * @throws com.mongodb.MongoException if they are not read within this time
     */
    public List<String> recentActions(int records, Duration patience) {
        var action = settings.fields().action();
        var found = new TreeSet<String>();
        for (var log : primary(database)
                .getCollection(settings.collection(), BsonDocument.class)
                .find()
                .projection(include(action))
                .sort(descending("_id"))
                .limit(records)
                .maxTime(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            if (at(log, action) instanceof BsonString name) {
                found.add(name.getValue());
            }
        }
        return List.copyOf(found);
    }

    private static @Nullable BsonValue at(BsonDocument document, String path) {
        BsonValue value = document;
        for (var name : path.split("\\.", -1)) {
            value = value instanceof BsonDocument parent ? parent.get(name) : null;
        }
        return value;
    }

    @Override
    public void close() {
        client.close();
    }
}
