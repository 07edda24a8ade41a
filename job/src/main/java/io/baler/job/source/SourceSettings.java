package io.baler.job.source;

import com.mongodb.ConnectionString;
import com.mongodb.ReadPreference;
import com.mongodb.Tag;
import com.mongodb.TagSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the audit logs live and what their fields are called.
 *
 * @param uri of the MongoDB that holds them; none = where the jobs are
 * @param database none = the uri's, or the jobs' own
 * @param collection the logs
 * @param fields dotted paths of what filters look at
 * @param users how names become values of the user field
 * @param actions what may be asked for; empty = any action
 * @param read from which member of a replica set the records of exports are read
 * @param settle how long after a moment records of it may still arrive; the frozen result set waits that long.
 *     Shorter than {@code baler.job-expiration}
 */
@ConfigurationProperties("baler.source")
public record SourceSettings(
        @Nullable String uri,
        @Nullable String database,
        @DefaultValue("activities") String collection,
        @DefaultValue Fields fields,
        @DefaultValue Users users,
        @DefaultValue List<String> actions,
        @DefaultValue Read read,
        @DefaultValue("5s") Duration settle) {
    private static final String PRIMARY = "primary";
    private static final List<String> PREFERENCES =
            List.of(PRIMARY, "primaryPreferred", "secondary", "secondaryPreferred", "nearest");

    public SourceSettings {
        require(!collection.isBlank(), "baler.source.collection: must not be empty");
        require(!settle.isNegative(), "baler.source.settle: must not be negative, got " + settle);
        actions = List.copyOf(actions);
    }

    /**
     * @param user who did it
     * @param action what was done
     * @param time when, as a BSON date
     */
    public record Fields(
            @DefaultValue("user") String user,
            @DefaultValue("action") String action,
            @DefaultValue("createdAt") String time) {

        public Fields {
            require(!user.isBlank(), "baler.source.fields.user: must not be empty");
            require(!action.isBlank(), "baler.source.fields.action: must not be empty");
            require(!time.isBlank(), "baler.source.fields.time: must not be empty");
        }
    }

    /**
     * @param collection of users, whose {@code _id} the logs' user field holds; empty = the user field holds what
     *     people type
     * @param nameField of the user's name
     */
    public record Users(
            @DefaultValue("users") String collection,
            @DefaultValue("username") String nameField) {

        public Users {
            require(!nameField.isBlank(), "baler.source.users.name-field: must not be empty");
        }

        public boolean areLookedUp() {
            return !collection.isBlank();
        }
    }

    /**
     * What is looked up, counted and bounded is always read from the primary; a secondary is waited for until it has all
     * that the primary had then.
     *
     * @param preference {@code primary}, {@code primaryPreferred}, {@code secondary}, {@code secondaryPreferred} or
     *     {@code nearest}, as MongoDB names them
     * @param tags that a secondary must have, for instance {@code nodeType: ANALYTICS}; none = any
     */
    public record Read(
            @DefaultValue("primary") String preference,
            @DefaultValue Map<String, String> tags) {

        public Read {
            tags = Map.copyOf(tags);
            require(
                    PREFERENCES.contains(preference),
                    "baler.source.read.preference: must be one of " + String.join(", ", PREFERENCES) + ", got "
                            + preference);
            require(
                    tags.isEmpty() || !preference.equals(PRIMARY),
                    "baler.source.read.tags: chooses among secondaries, but baler.source.read.preference is primary;"
                            + " set it to secondary or another, or leave the tags out");
        }

        boolean isOfPrimary() {
            return preference.equals(PRIMARY);
        }

        ReadPreference inMongodb() {
            if (isOfPrimary()) {
                return ReadPreference.primary();
            }
            var sets = tags.isEmpty()
                    ? List.<TagSet>of()
                    : List.of(new TagSet(tags.entrySet().stream()
                            .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                            .toList()));
            return ReadPreference.valueOf(preference, sets);
        }
    }

    /**
     * Refuses a uri that does not say which database, where nothing else does.
     *
     * @throws IllegalArgumentException with the name of the setting, or of the driver's if the uri cannot be read
     */
    public void requireDatabase() {
        if (uri != null) {
            databaseOf(new ConnectionString(uri));
        }
    }

    String databaseOf(ConnectionString connection) {
        if (database != null) {
            return database;
        }
        var named = connection.getDatabase();
        if (named == null) {
            throw new IllegalArgumentException("baler.source.database: must be set, for baler.source.uri names none");
        }
        return named;
    }

    public boolean allows(String action) {
        return actions.isEmpty() || actions.contains(action);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Without the uri, which may hold a password. */
    @Override
    public String toString() {
        return "SourceSettings[database=" + database + ", collection=" + collection + ", fields=" + fields + "]";
    }
}
