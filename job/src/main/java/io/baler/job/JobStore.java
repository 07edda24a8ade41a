package io.baler.job;

import static io.baler.job.JobQueries.olderThan;
import static io.baler.job.JobStatus.CANCELLED;
import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.DELETED;
import static io.baler.job.JobStatus.EXPIRED;
import static io.baler.job.JobStatus.EXPORTING;
import static io.baler.job.JobStatus.FAILED;
import static io.baler.job.JobStatus.LIVE;
import static io.baler.job.JobStatus.QUEUED;
import static io.baler.job.JobStatus.UPLOADING;
import static io.baler.job.LoggedExport.about;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;

/**
 * The only class that changes jobs. Every change is one conditional update of one document: who does not match
 * finds that somebody else was faster, and nothing has happened. Times are the database's.
 */
public final class JobStore {
    private static final Logger log = LoggerFactory.getLogger(JobStore.class);

    /** Regenerations after which an upload that keeps turning out unusable fails its job. */
    public static final int MAX_REGENERATIONS = 3;

    private static final FindAndModifyOptions RETURN_NEW =
            FindAndModifyOptions.options().returnNew(true);
    private static final String ID = "_id";
    private static final String LEASE = "lease";
    private static final String EPOCH = "epoch";
    private static final String STATUS = "status";

    private final MongoOperations mongo;
    private final PartStore parts;
    private final JobClaims claims;
    private final JobSeats seats;
    private final ManifestChain chain;

    /** Without limits. */
    public JobStore(MongoOperations mongo) {
        this(mongo, JobLimits.NONE);
    }

    /**
     * @param mongo writes with concern majority and reads from the primary
     */
    public JobStore(MongoOperations mongo, JobLimits limits) {
        this.mongo = mongo;
        this.parts = new PartStore(mongo);
        this.claims = new JobClaims(mongo, limits.maxRunning());
        this.seats = new JobSeats(mongo, limits.limits());
        this.chain = new ManifestChain(mongo);
    }

    // ---- reading

    /**
     * The job, unless it never was or is a tombstone.
     *
     * @throws NewerJob if it is not for this version to understand; nor is it changed by any of the methods below
     */
    public Optional<ExportJob> find(String id) {
        return Optional.ofNullable(
                mongo.findOne(query(where(ID).is(id).and(STATUS).ne(DELETED)), ExportJob.class));
    }

    /** Files of committed parts, in the archive's order. */
    public Iterable<ArchivedFile> filesOf(ExportJob job) {
        return parts.filesOf(job);
    }

    /** Whether a job that has not given it up refers to the object. */
    public boolean isReferredTo(String key) {
        return mongo.exists(query(where("attachment.key").is(key)), ExportJob.class);
    }

    // ---- creating

    /** Creates the job in status queued unless its id is taken, its requester has a live equal, or a limit is reached. */
    public Creation create(NewJob request) {
        var anyOfItsId = where(ID).is(request.id());
        return create(
                request, fields -> Optional.of(insert(request.id(), fields, JobDocuments.CREATION_TIMES)), anyOfItsId);
    }

    /**
     * The same for a request whose id is taken by one of the same requester that was refused: what was in its way may
     * have gone since. That one becomes the job.
     */
    public Creation createInsteadOfRefused(NewJob request) {
        var anotherOfItsId =
                new Criteria().andOperator(where(ID).is(request.id()), new Criteria().norOperator(refused(request)));
        return create(request, fields -> replaceRefused(request, fields), anotherOfItsId);
    }

    private static Criteria refused(NewJob request) {
        return where(ID)
                .is(request.id())
                .and(STATUS)
                .is(FAILED)
                .and("failure.code")
                .is(Failure.REFUSED)
                .and("requestedBy")
                .is(request.requestedBy())
                .andOperator(JobVersion.known());
    }

    private Creation create(NewJob request, Function<Document, Optional<ExportJob>> creating, Criteria taken) {
        var fields = JobDocuments.initial(request, mongo.getConverter());
        while (true) {
            try {
                var full = seats.take(request.requestedBy(), fields::append);
                if (full.isPresent()) {
                    return inTheWay(request, taken).orElseGet(() -> new Creation.TooMany(full.get()));
                }
                var created = creating.apply(fields);
                created.ifPresent(job -> about(job, () -> log.info("Export {} accepted", job.id())));
                return created.<Creation>map(Creation.Created::new).orElseGet(() -> new Creation.IdTaken(request.id()));
            } catch (DuplicateKeyException clash) {
                var why = inTheWay(request, taken);
                if (why.isPresent()) {
                    return why.get();
                }
                // the equal one ended between the two looks, or the seat was taken: look again
            }
        }
    }

    /**
     * Keeps a request that was refused where its requester sees it: as a job that failed before it began, and that can
     * not be resumed. None if the id is taken, be it by a tombstone.
     */
    public Optional<ExportJob> createRefused(NewJob request, Failure failure) {
        var fields = JobDocuments.refused(request, failure, mongo.getConverter());
        var times = new Document(JobDocuments.CREATION_TIMES).append("endedAt", true);
        try {
            var refused = insert(request.id(), fields, times);
            about(refused, () -> log.info("Export {} refused", refused.id()));
            return Optional.of(refused);
        } catch (DuplicateKeyException taken) {
            return Optional.empty();
        }
    }

    private Optional<ExportJob> replaceRefused(NewJob request, Document fields) {
        var update = JobDocuments.insteadOf(fields);
        return Optional.ofNullable(mongo.findAndModify(query(refused(request)), update, RETURN_NEW, ExportJob.class));
    }

    /** Tells the requester of a refused request why it was refused now, which may be for another reason than before. */
    public void refuseAgain(NewJob request, Failure failure) {
        mongo.updateFirst(query(refused(request)), new Update().set("failure", failure), ExportJob.class);
    }

    private Optional<Creation> inTheWay(NewJob request, Criteria taken) {
        if (mongo.exists(query(taken), ExportJob.class)) {
            return Optional.of(new Creation.IdTaken(request.id()));
        }
        return findLive(request.liveKey()).map(Creation.Duplicate::new);
    }

    private ExportJob insert(String id, Document fields, Document times) {
        // An upsert, because only an update can take the database's time. The second condition never holds for a
        // stored job, so an existing one is not touched: the insert then fails on its _id.
        var document = mongo.execute(
                ExportJob.class,
                jobs -> jobs.findOneAndUpdate(
                        new Document(ID, id).append(STATUS, new Document("$exists", false)),
                        new Document("$setOnInsert", fields).append("$currentDate", times),
                        new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
        return mongo.getConverter().read(ExportJob.class, Objects.requireNonNull(document));
    }

    /**
     * Keeps an id from ever becoming a job, by a tombstone without a grave.
     *
     * @return false if it is a job already
     */
    public boolean forbid(String id) {
        var unknown = query(where(ID).is(id).and(STATUS).exists(false));
        var tombstone = new Update().setOnInsert(STATUS, DELETED).currentDate("deletedAt");
        try {
            mongo.upsert(unknown, tombstone, ExportJob.class);
            return true;
        } catch (DuplicateKeyException taken) {
            return find(id).isEmpty();
        }
    }

    private Optional<ExportJob> findLive(String liveKey) {
        return Optional.ofNullable(mongo.findOne(query(where("liveKey").is(liveKey)), ExportJob.class));
    }

    // ---- changes that people and sweeps ask for; each raises the epoch and so stops the worker

    /** Begins a live job anew with the same result set: what has been uploaded becomes garbage. */
    public Change restart(String id) {
        return change(id, LIVE, JobStore::restarted);
    }

    /** The same, if the job is still in the life that began then: neither restarted nor resumed since. */
    public Change restart(String id, Instant liveSince) {
        // a range, for the embedded server keeps parts of a millisecond and does not show them
        var sameLife = where("liveSince").gte(liveSince).lt(liveSince.plusMillis(1));
        return change(id, LIVE, JobStore::restarted, sameLife);
    }

    private static Update restarted(ExportJob job) {
        return beginAgain(job, QUEUED)
                .set("regenerations", 0)
                .unset(LEASE)
                .unset(JobClaims.PLACE)
                .currentDate("liveSince");
    }

    public Change cancel(String id) {
        return change(id, LIVE, job -> end(discard(job, fenced()), CANCELLED));
    }

    /** Expires the job if it has been live for longer than {@code limit}. */
    public Change expire(String id, Duration limit) {
        return change(id, LIVE, job -> end(discard(job, fenced()), EXPIRED), olderThan("liveSince", limit));
    }

    /** Lets a failed job go on where its last checkpoint stands. */
    public Change resume(String id) {
        while (true) {
            var job = find(id).orElse(null);
            if (job == null) {
                return new Change.NotFound(id);
            }
            if (!job.isResumable()) {
                return new Change.Refused(job);
            }
            var update = fenced().set(STATUS, job.checkpoint().frozen() ? UPLOADING : QUEUED)
                    .set("liveKey", liveKeyOf(job))
                    .set("attempts", 0)
                    .set("announced", false)
                    .unset("failure")
                    .unset("endedAt")
                    .currentDate("liveSince");
            try {
                var full = seats.take(job.requestedBy(), update::set);
                if (full.isPresent()) {
                    return findLive(liveKeyOf(job))
                            .<Change>map(Change.Duplicate::new)
                            .orElseGet(() -> new Change.TooMany(full.get()));
                }
                var changed = apply(job, update, null);
                if (changed.isPresent()) {
                    return new Change.Changed(changed.get());
                }
            } catch (DuplicateKeyException taken) {
                var equal = findLive(liveKeyOf(job));
                if (equal.isPresent()) {
                    return new Change.Duplicate(equal.get());
                }
                // the equal one ended between the two looks, or the seat was taken: look again
            }
        }
    }

    private static String liveKeyOf(ExportJob job) {
        return NewJob.liveKey(job.requestedBy(), job.filterHash());
    }

    /** Gives up the archive of a completed job, so that its object may go. */
    public Change releaseAttachment(String id) {
        return change(
                id,
                EnumSet.of(COMPLETED),
                job -> toGarbage(job, fenced())
                        .unset("attachment")
                        .unset("checkpoint.key")
                        .unset("checkpoint.uploadId"));
    }

    /**
     * Turns a finished job into a tombstone that keeps its id from coming back, and its bytes into garbage. What is
     * returned is the job as it was.
     */
    public Change delete(String id) {
        while (true) {
            var job = find(id).orElse(null);
            if (job == null) {
                return new Change.NotFound(id);
            }
            if (!job.status().isFinished()) {
                return new Change.Refused(job);
            }
            chain.remember(job);
            var unchanged = query(
                    where(ID).is(id).and(STATUS).is(job.status()).and(EPOCH).is(job.epoch()));
            var bury = JobDocuments.unsetAll(toGarbage(job, new Update()), namesIn(id))
                    .set(STATUS, DELETED)
                    .set("partsLeft", true)
                    .currentDate("buriedAt");
            if (mongo.updateFirst(unchanged, bury, ExportJob.class).getMatchedCount() == 1) {
                about(job, () -> log.info("Export {} deleted", id));
                return new Change.Changed(job);
            }
        }
    }

    /** Of all members, also those that this version does not know. */
    private Set<String> namesIn(String id) {
        var stored = mongo.execute(
                ExportJob.class,
                jobs -> jobs.withReadPreference(ReadPreference.primary())
                        .find(new Document(ID, id))
                        .first());
        return stored == null ? Set.of() : stored.keySet();
    }

    /** Remembers when something of this garbage was last there to be swept. */
    public void markSwept(String id, Garbage swept) {
        var mark = new Update().currentDate("garbage.$[it].sweptAt").filterArray(JobQueries.of("it.", swept));
        mongo.updateFirst(query(where(ID).is(id)), mark, ExportJob.class);
    }

    /** Forgets garbage of which nothing is left. */
    public void forgetGarbage(String id, Garbage swept) {
        // not by its whole value: another look may have changed when it was last swept
        var pull = new Update().pull("garbage", query(JobQueries.of("", swept)));
        mongo.updateFirst(query(where(ID).is(id)), pull, ExportJob.class);
        letGoIfEmpty(id);
    }

    /** Removes the part lists of a tombstone; no worker can still be adding to them once its lease has ended. */
    public void forgetParts(String id) {
        parts.deleteAll(id);
        mongo.updateFirst(query(where(ID).is(id)), new Update().unset("partsLeft"), ExportJob.class);
        letGoIfEmpty(id);
    }

    /** The retention of a tombstone begins when nothing is left that only it refers to. */
    private void letGoIfEmpty(String id) {
        var empty = where(ID)
                .is(id)
                .and(STATUS)
                .is(DELETED)
                .and("garbage.0")
                .exists(false)
                .and("partsLeft")
                .exists(false);
        mongo.updateFirst(query(empty), new Update().currentDate("deletedAt"), ExportJob.class);
    }

    /** Remembers that the end of the job has been published. */
    public void markAnnounced(ExportJob job) {
        var unchanged = query(
                where(ID).is(job.id()).and(EPOCH).is(job.epoch()).and(STATUS).is(job.status()));
        mongo.updateFirst(unchanged, new Update().set("announced", true), ExportJob.class);
    }

    // ---- claiming

    /** Claims this job if it waits or its worker has lost it, and if one more may run. */
    public Optional<Claim> claim(String id, String worker, Duration lease) {
        return claims.claim(id, worker, lease);
    }

    /**
     * Claims the oldest job that has waited longer than {@code grace} or whose lease has lapsed, if one more may run. A
     * lapsed one needs no room: it has never stopped running.
     */
    public Optional<Claim> claimOldest(String worker, Duration lease, Duration grace) {
        return claims.claimOldest(worker, lease, grace);
    }

    // ---- what a worker writes; each ends with ClaimLost when its claim is no longer the job's

    /** Fixes the result set and the engine. Once only: a restarted or resumed job keeps them. */
    public Claim fixResultSet(Claim claim, Bounds bounds, @Nullable Long expectedCount, Engine engine) {
        var update = new Update().set("bounds", bounds).set("engine", engine);
        if (expectedCount != null) {
            update.set("expectedCount", expectedCount);
        }
        return write(claim, update);
    }

    /**
     * Gives the job its place in the chain of manifests, if that is not the one it has. It can only change while the job
     * is not live: a failed one, resumed, finds that an equal export has been completed meanwhile.
     */
    public Claim linkToChain(Claim claim) {
        var next = chain.next(claim.job());
        return next.equals(claim.job().link()) ? claim : write(claim, new Update().set("link", next));
    }

    /** Whether the manifest that the job has been frozen with still follows the last of its chain. */
    public boolean isLinked(Claim claim) {
        return chain.next(claim.job()).equals(claim.job().link());
    }

    /** Remembers where the archive is being uploaded to. */
    public Claim beginUpload(Claim claim, String key, String uploadId) {
        return write(claim, new Update().set("checkpoint.key", key).set("checkpoint.uploadId", uploadId));
    }

    /** Keeps the claim, and tells how many records have been read. */
    public void renew(Claim claim, long count) {
        writeBlindly(claim, leased(new Update().set("lease.count", count)));
    }

    /**
     * Makes a part durable. Repeating it with the same part is harmless, so a lost answer is repaired by asking again.
     */
    public Claim commit(Claim claim, Commit commit) {
        parts.insert(claim, commit);
        var here = mine(claim).and("checkpoint.seq").is(commit.part().n() - 1);
        var committed =
                mongo.findAndModify(query(here), leased(JobDocuments.commit(commit)), RETURN_NEW, ExportJob.class);
        return committed != null ? new Claim(committed) : alreadyApplied(claim, commit);
    }

    private Claim alreadyApplied(Claim claim, Commit commit) {
        return Optional.ofNullable(mongo.findOne(query(mine(claim)), ExportJob.class))
                .filter(job -> job.checkpoint().seq() == commit.part().n())
                .filter(job -> job.checkpoint().parts().contains(commit.part()))
                .map(Claim::new)
                .orElseThrow(() -> new ClaimLost(claim));
    }

    /** Ends the job with its archive. */
    public ExportJob complete(Claim claim, Attachment attachment) {
        return finish(claim, end(new Update(), COMPLETED).set("attachment", attachment));
    }

    /** Ends the job without an archive, because nothing matched: the manifest says so. */
    public ExportJob completeWithoutMatch(Claim claim, SignedManifest manifest) {
        return finish(claim, end(new Update(), COMPLETED).set("manifest", manifest));
    }

    /** Ends the job as failed; its checkpoint stays, so that it can be resumed. */
    public ExportJob fail(Claim claim, Failure failure) {
        return finish(claim, end(new Update(), FAILED).set("failure", failure));
    }

    /**
     * Claims the job anew after a failure, which counts as an attempt. The raised epoch fences off whatever of the
     * failed try may still be on its way.
     */
    public Claim reclaim(Claim claim) {
        return write(claim, fenced().inc("attempts", 1));
    }

    /**
     * Gives the job back in an orderly way: another worker goes on at once, and it does not count as an attempt. The
     * raised epoch keeps a renewal that is on its way from taking the lease again.
     */
    public void release(Claim claim) {
        // the stored number decides, not the claim's: a commit whose answer is on its way has set it to 0
        var attempted = query(mine(claim).and("attempts").gt(0));
        var takenBack = released().inc("attempts", -1);
        if (mongo.updateFirst(attempted, takenBack, ExportJob.class).getMatchedCount() == 0) {
            writeBlindly(claim, released());
        }
    }

    /** Without reading the job back, which has thousands of parts when it is large. */
    private void writeBlindly(Claim claim, Update update) {
        // matched, not modified: writing equal values is still ownership
        if (mongo.updateFirst(query(mine(claim)), update, ExportJob.class).getMatchedCount() == 0) {
            throw new ClaimLost(claim);
        }
    }

    /**
     * Begins anew because the upload turned out unusable.
     *
     * @throws ExportFailed after {@value #MAX_REGENERATIONS} times
     */
    public Claim regenerate(Claim claim) {
        if (claim.job().regenerations() >= MAX_REGENERATIONS) {
            throw new ExportFailed(
                    "upload-unusable",
                    "The storage lost the finished upload " + MAX_REGENERATIONS
                            + " times. Nothing is lost in the source; check the bucket's lifecycle rules, then request the export again.");
        }
        var current = find(claim.jobId()).orElseThrow(() -> new ClaimLost(claim));
        var update = leased(beginAgain(current, EXPORTING).inc("regenerations", 1));
        var begun = mongo.findAndModify(query(mine(claim)), update, RETURN_NEW, ExportJob.class);
        if (begun == null) {
            throw new ClaimLost(claim);
        }
        about(
                begun,
                () -> log.warn("Export {}: its upload is gone or unusable; the archive is made again", begun.id()));
        return new Claim(begun);
    }

    private Claim write(Claim claim, Update update) {
        var written = mongo.findAndModify(query(mine(claim)), leased(update), RETURN_NEW, ExportJob.class);
        if (written == null) {
            throw new ClaimLost(claim);
        }
        return new Claim(written);
    }

    private ExportJob finish(Claim claim, Update update) {
        var ended =
                mongo.findAndModify(query(mine(claim)), update.currentDate("updatedAt"), RETURN_NEW, ExportJob.class);
        if (ended == null) {
            throw new ClaimLost(claim);
        }
        about(ended, () -> log.info("Export {} {}", ended.id(), ended.status().value()));
        return ended;
    }

    // ---- the parts that transitions are made of

    /** INVARIANT: whoever raises the epoch owns the job; a write under an older one matches nothing. */
    private static Criteria mine(Claim claim) {
        return where(ID).is(claim.jobId()).and(STATUS).in(LIVE).and(EPOCH).is(claim.epoch());
    }

    private static Update leased(Update update) {
        return update.currentDate("lease.renewedAt").currentDate("updatedAt");
    }

    private static Update fenced() {
        return new Update().inc(EPOCH, 1);
    }

    private static Update released() {
        return fenced().unset(LEASE).currentDate("updatedAt");
    }

    private static Update end(Update update, JobStatus status) {
        return update.set(STATUS, status)
                .set("announced", false)
                .unset(LEASE)
                .unset("liveKey")
                .unset(JobClaims.PLACE)
                .unset(JobSeats.SEAT)
                .unset(JobSeats.SEAT_OF_ALL)
                .currentDate("endedAt");
    }

    private static Update beginAgain(ExportJob job, JobStatus status) {
        return discard(job, fenced()).inc("gen", 1).set(STATUS, status).set("attempts", 0);
    }

    /** Moves what has been uploaded into the garbage, in the same update that stops referring to it. */
    private static Update discard(ExportJob job, Update update) {
        return toGarbage(job, update).set("checkpoint", Checkpoint.EMPTY).unset("manifest");
    }

    private static Update toGarbage(ExportJob job, Update update) {
        var checkpoint = job.checkpoint();
        if (checkpoint.key() != null && checkpoint.uploadId() != null) {
            update.push("garbage", new Garbage(checkpoint.key(), checkpoint.uploadId()));
        }
        return update;
    }

    private Change change(String id, Set<JobStatus> from, Function<ExportJob, Update> update) {
        return change(id, from, update, null);
    }

    /** Applies an update that is made of the job as read, to the job as read: whoever comes between makes it read again. */
    private Change change(String id, Set<JobStatus> from, Function<ExportJob, Update> update, @Nullable Criteria also) {
        while (true) {
            var job = find(id).orElse(null);
            if (job == null) {
                return new Change.NotFound(id);
            }
            if (!from.contains(job.status())) {
                return new Change.Refused(job);
            }
            var changed = apply(job, update.apply(job), also);
            if (changed.isPresent()) {
                return new Change.Changed(changed.get());
            }
            if (also != null && !mongo.exists(query(where(ID).is(id).andOperator(also)), ExportJob.class)) {
                return new Change.Refused(job);
            }
        }
    }

    /** Nothing if the job is no longer as it was read. */
    private Optional<ExportJob> apply(ExportJob asRead, Update update, @Nullable Criteria also) {
        var unchanged = where(ID)
                .is(asRead.id())
                .and(STATUS)
                .is(asRead.status())
                .and(EPOCH)
                .is(asRead.epoch())
                .and("checkpoint.uploadId")
                .is(asRead.checkpoint().uploadId());
        var changed = Optional.ofNullable(mongo.findAndModify(
                query(also == null ? unchanged : unchanged.andOperator(also)),
                update.currentDate("updatedAt"),
                RETURN_NEW,
                ExportJob.class));
        changed.ifPresent(job -> about(
                job,
                () -> log.info(
                        "Export {} {} -> {}",
                        job.id(),
                        asRead.status().value(),
                        job.status().value())));
        return changed;
    }
}
