package io.baler.job;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * The one rule by which versions of Baler share the jobs while services are replaced one by one: a job whose {@code
 * schemaVersion} is higher than one's own is somebody else's. It is not claimed, changed, swept or told to have ended; what
 * of it can be read is shown. Members that one does not know, of any job, are left as they are.
 *
 * <p>A version is raised by what an older service would misread: another meaning, a new status, a new format. New
 * members that may be ignored raise nothing. One whose status or format is not known is not even shown: only whose it is
 * can be told. It never rises in a stored job, and these fields are there in each and mean the same, new values of {@code
 * status} aside: {@code _id}, {@code status}, {@code schemaVersion}, {@code requestedBy}, {@code filterHash}, {@code
 * liveKey}, the numbered places, {@code createdAt}, {@code liveSince}, {@code garbage}, {@code attachment.key}, {@code
 * checkpoint.key} and {@code .uploadId}, {@code manifest.position} and {@code .sha256}.
 */
final class JobVersion {
    static final String FIELD = "schemaVersion";

    /** Of the jobs that this version writes, and the highest that it understands. */
    static final int CURRENT = 1;

    /** Of jobs that do not say. */
    static final int FIRST = 1;

    private JobVersion() {}

    /** Holds for jobs that this version understands, those that do not say of which they are included. */
    static Criteria known() {
        return where(FIELD).not().gt(CURRENT);
    }

    /** The same, for a query by the driver. */
    static Document knownOnly() {
        return new Document(FIELD, new Document("$not", new Document("$gt", CURRENT)));
    }

    static Criteria newer() {
        return where(FIELD).gt(CURRENT);
    }

    static int of(@Nullable Integer stored) {
        return stored == null ? FIRST : stored;
    }

    static boolean isNewer(Document stored) {
        return stored.get(FIELD) instanceof Number version && version.intValue() > CURRENT;
    }

    /**
     * Lets nothing be made of a job that would be misunderstood.
     *
     * @throws NewerJob if it is of a newer version
     */
    static void check(Document stored) {
        if (isNewer(stored)) {
            throw new NewerJob(String.valueOf(stored.get("_id")), String.valueOf(stored.get(FIELD)));
        }
    }
}
