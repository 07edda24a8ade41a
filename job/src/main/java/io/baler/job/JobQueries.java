package io.baler.job;

import static io.baler.job.JobStatus.CANCELLED;
import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.DELETED;
import static io.baler.job.JobStatus.EXPIRED;
import static io.baler.job.JobStatus.EXPORTING;
import static io.baler.job.JobStatus.FAILED;
import static io.baler.job.JobStatus.FINISHED;
import static io.baler.job.JobStatus.LIVE;
import static io.baler.job.JobStatus.QUEUED;
import static io.baler.job.JobStatus.UPLOADING;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonDateTime;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/**
 * Finds jobs for the sweeps: those that this version understands. What it finds may have changed by the time it is looked
 * at. A stream holds a cursor of MongoDB until it is closed, and a batch of jobs at a time, however many there are.
 */
public final class JobQueries {
    /** Live, or failed and to be resumed: these may come to an archive at the key of their checkpoint. */
    private static final Set<JobStatus> MAY_GO_ON = EnumSet.of(QUEUED, EXPORTING, UPLOADING, FAILED);

    /** At a time; treating so many takes far less than the ten minutes for which MongoDB keeps an idle cursor. */
    private static final int BATCH = 200;

    /** More than one only because an older one may serve where a newer one does not. */
    private static final int EQUALS = 10;

    private final MongoOperations mongo;

    /** Queries what the given MongoDB holds. */
    public JobQueries(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** The requester's completed jobs with the same filters and format, newest first; a few of them. */
    public List<ExportJob> completedEqualsOf(NewJob wish) {
        var equal =
                where("requestedBy").is(wish.requestedBy()).and("filterHash").is(wish.filterHash());
        var newest = Sort.by("createdAt", "_id").descending();
        return jobs(understood(equal.and("status").is(COMPLETED)).with(newest).limit(EQUALS));
    }

    /** Ids of jobs that have been live for longer than {@code limit}, by the database's clock. */
    public Stream<String> overdue(Duration limit) {
        return ids(where("status").in(LIVE).andOperator(olderThan("liveSince", limit)));
    }

    /** Completed jobs that ended before the cutoff. */
    public Stream<ExportJob> completedBefore(Instant cutoff) {
        return streamed(where("status").is(COMPLETED).and("endedAt").lt(cutoff));
    }

    /** Ids of failed, cancelled and expired jobs that ended before the cutoff. */
    public Stream<String> endedWithoutResultBefore(Instant cutoff) {
        return ids(where("status").in(FAILED, CANCELLED, EXPIRED).and("endedAt").lt(cutoff));
    }

    /** Finished jobs whose end has not been published for {@code patience}. */
    public Stream<ExportJob> unannounced(Duration patience) {
        var silent = where("status").in(FINISHED).and("announced").is(false);
        return streamed(silent.andOperator(olderThan("endedAt", patience)));
    }

    /** Jobs, tombstones included, that hold garbage. */
    public Stream<JobGarbage> withGarbage() {
        var some = understood(where("garbage.key").exists(true)).cursorBatchSize(BATCH);
        some.fields().include("garbage");
        return mongo.stream(some, JobGarbage.class, ExportJob.COLLECTION);
    }

    /** Whether it is longer than {@code age} ago that something of this garbage was there, by the database's clock. */
    public boolean sweptLongerAgoThan(Duration age, String id, Garbage garbage) {
        var cutoff = new Document("$subtract", List.of("$$NOW", age.toMillis()));
        var never = new BsonDateTime(Long.MAX_VALUE);
        var lastSwept = new Document("$ifNull", List.of("$$it.sweptAt", never));
        var isLongAgo = new Document(
                "$and",
                List.of(
                        equal("$$it.key", garbage.key()),
                        equal("$$it.uploadId", garbage.uploadId()),
                        new Document("$lt", List.of(lastSwept, cutoff))));
        var each = new Document("input", "$garbage").append("as", "it").append("in", isLongAgo);
        var any = new Document("$in", List.of(true, new Document("$map", each)));
        return mongo.exists(query(where("_id").is(id).andOperator(Criteria.expr(() -> any))), ExportJob.class);
    }

    private static Document equal(String variable, String value) {
        return new Document("$eq", List.of(variable, new Document("$literal", value)));
    }

    /** Holds for this garbage, whose fields the prefix leads to. */
    static Criteria of(String prefix, Garbage garbage) {
        return where(prefix + "key").is(garbage.key()).and(prefix + "uploadId").is(garbage.uploadId());
    }

    /** How many jobs there are in this status. */
    public long count(JobStatus status) {
        return mongo.count(query(where("status").is(status)), ExportJob.class);
    }

    /** Since when the job waits that waits longest; none if none waits. By the database's clock. */
    public Optional<Instant> waitingSince() {
        var oldest = query(where("status").is(QUEUED))
                .with(Sort.by("liveSince").ascending())
                .limit(1);
        oldest.fields().include("liveSince");
        return mongo.find(oldest, Document.class, ExportJob.COLLECTION).stream()
                .map(job -> job.getDate("liveSince").toInstant())
                .findFirst();
    }

    /** Whether there is no job at all, not even a tombstone: more likely the wrong database than the truth. */
    public boolean isEmpty() {
        return !mongo.exists(new Query(), ExportJob.class);
    }

    /** Whether there are jobs that a newer version has written: what they refer to may not show here. */
    public boolean hasNewer() {
        return mongo.exists(query(JobVersion.newer()), ExportJob.class);
    }

    /** Whether a job writes to this upload or has thrown it away itself. */
    public boolean refersToUpload(String key, String uploadId) {
        var written = where("checkpoint.key").is(key).and("checkpoint.uploadId").is(uploadId);
        var thrownAway = where("garbage").elemMatch(of("", new Garbage(key, uploadId)));
        return mongo.exists(query(new Criteria().orOperator(written, thrownAway)), ExportJob.class);
    }

    /** Whether the object is a job's archive, or is what a job that may still go on is making. */
    public boolean refersToObject(String key) {
        var finished = where("attachment.key").is(key);
        // the object may be there before the job says so
        var inTheMaking = where("checkpoint.key").is(key).and("status").in(MAY_GO_ON);
        return mongo.exists(query(new Criteria().orOperator(finished, inTheMaking)), ExportJob.class);
    }

    /** Ids of jobs that were deleted longer ago than {@code age} and whose part lists are still there. */
    public Stream<String> deletedWithParts(Duration age) {
        var left = where("status").is(DELETED).and("partsLeft").is(true);
        return ids(left.andOperator(olderThan("buriedAt", age)));
    }

    /** Holds for documents whose time in this field is longer ago than {@code age}, by the database's clock. */
    static Criteria olderThan(String field, Duration age) {
        return Criteria.expr(() ->
                new Document("$lt", List.of("$" + field, new Document("$subtract", List.of("$$NOW", age.toMillis())))));
    }

    private static Query understood(Criteria which) {
        return query(new Criteria().andOperator(which, JobVersion.known()));
    }

    private List<ExportJob> jobs(Query which) {
        return mongo.find(which, Document.class, ExportJob.COLLECTION).stream()
                .flatMap(job -> JobDocuments.read(job, mongo.getConverter()).stream())
                .toList();
    }

    private Stream<ExportJob> streamed(Criteria which) {
        return mongo.stream(understood(which).cursorBatchSize(BATCH), Document.class, ExportJob.COLLECTION)
                .flatMap(job -> JobDocuments.read(job, mongo.getConverter()).stream());
    }

    private Stream<String> ids(Criteria which) {
        var some = understood(which).cursorBatchSize(BATCH);
        some.fields().include("_id");
        return mongo.stream(some, Document.class, ExportJob.COLLECTION).map(job -> job.getString("_id"));
    }
}
