package io.baler.job;

import static io.baler.job.JobStatus.EXPORTING;
import static io.baler.job.JobStatus.FAILED;
import static io.baler.job.JobStatus.QUEUED;
import static io.baler.job.JobStatus.UPLOADING;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;

/** The part of {@link JobStore} that gives jobs to workers, one worker each. */
final class JobClaims {
    /** Idle workers look for the same job at the same time; who loses against so many looks again at its next poll. */
    private static final int RIVALS = 10;

    static final String PLACE = "runningPlace";

    private final MongoOperations mongo;
    private final NumberedPlaces running;

    JobClaims(MongoOperations mongo, @Nullable Integer maxRunning) {
        this.mongo = mongo;
        this.running = new NumberedPlaces(mongo, PLACE, maxRunning == null ? Integer.MAX_VALUE : maxRunning);
    }

    /** Claims this job if it waits or its worker has lost it, and if one more may run. */
    Optional<Claim> claim(String id, String worker, Duration lease) {
        return claim(id, worker, lease, freePlaces());
    }

    /** Claims the oldest job that has waited longer than {@code grace} or whose lease has lapsed. */
    Optional<Claim> claimOldest(String worker, Duration lease, Duration grace) {
        for (int tries = 0; tries < RIVALS; tries++) {
            var places = freePlaces();
            var oldest = oldest(lease, grace, !running.areUnlimited() && places.isEmpty());
            if (oldest == null) {
                return Optional.empty();
            }
            var claim = claim(oldest.getString("_id"), worker, lease, places);
            if (claim.isPresent()) {
                return claim;
            }
        }
        return Optional.empty();
    }

    private List<String> freePlaces() {
        return running.areUnlimited() ? List.of() : running.free(new Criteria(), "");
    }

    /** Only looks: most looks find nothing, and a look takes no lock. */
    private @Nullable Document oldest(Duration lease, Duration grace, boolean withPlaceOnly) {
        var waits = new Document("status", QUEUED.value()).append("$expr", olderThan("updatedAt", grace));
        var either = new Document("$or", List.of(waits, lapsed(lease)));
        either.putAll(JobVersion.knownOnly());
        if (withPlaceOnly) {
            either.append(PLACE, new Document("$exists", true));
        }
        return mongo.execute(
                ExportJob.class,
                jobs -> jobs.find(either)
                        .sort(new Document("liveSince", 1).append("_id", 1))
                        .projection(new Document("_id", 1))
                        .first());
    }

    private Optional<Claim> claim(String id, String worker, Duration lease, List<String> places) {
        var waits = new Document("status", QUEUED.value());
        var starts = new Document("status", EXPORTING.value());
        return claimInPlace(id, waits, starts, worker, places)
                .or(() -> claimInPlace(id, lapsed(lease), new Document(), worker, places));
    }

    private Optional<Claim> claimInPlace(String id, Document which, Document set, String worker, List<String> places) {
        var job = new Document("_id", id);
        job.putAll(which);
        job.putAll(JobVersion.knownOnly());
        if (running.areUnlimited()) {
            return update(job, set, worker);
        }
        // who lost its worker has kept its place
        return update(with(job, PLACE, new Document("$exists", true)), set, worker)
                .or(() -> update(with(job, PLACE, new Document("$exists", false)), set, worker, places));
    }

    private Optional<Claim> update(Document which, Document set, String worker, List<String> places) {
        for (var place : places) {
            try {
                // nothing updated = the job is not to be had, in whichever place
                return update(which, with(set, PLACE, place), worker);
            } catch (DuplicateKeyException taken) {
                // somebody was faster: the next one
            }
        }
        return Optional.empty();
    }

    private Optional<Claim> update(Document which, Document set, String worker) {
        var fields = with(set, "lease.worker", worker).append("lease.count", 0L);
        var times = new Document("lease.renewedAt", true).append("updatedAt", true);
        if (set.containsKey("status")) {
            times.append("startedAt", true);
        }
        var update = new Document("$inc", new Document("epoch", 1L).append("attempts", 1))
                .append("$set", fields)
                .append("$currentDate", times);
        var after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
        return Optional.ofNullable(mongo.execute(ExportJob.class, jobs -> jobs.findOneAndUpdate(which, update, after)))
                .flatMap(this::read);
    }

    /** A document that is no job must not be claimed again and again. */
    private Optional<Claim> read(Document claimed) {
        var job = JobDocuments.read(claimed, mongo.getConverter());
        if (job.isEmpty()) {
            failUnread(claimed);
        }
        return job.map(Claim::new);
    }

    private void failUnread(Document claimed) {
        var failure = new Document("code", "job-unreadable")
                .append(
                        "message",
                        "The stored job cannot be read; the worker's log says why. Nothing is lost in the source;"
                                + " request the export again.");
        var mine = new Document("_id", claimed.get("_id")).append("epoch", claimed.get("epoch"));
        // nobody can be told of what cannot be read
        var fields = new Document("status", FAILED.value())
                .append("failure", failure)
                .append("announced", true);
        var failed = new Document("$set", fields)
                .append(
                        "$unset",
                        new Document("lease", "")
                                .append("liveKey", "")
                                .append(PLACE, "")
                                .append(JobSeats.SEAT, "")
                                .append(JobSeats.SEAT_OF_ALL, ""))
                .append("$currentDate", new Document("endedAt", true).append("updatedAt", true));
        mongo.execute(ExportJob.class, jobs -> jobs.updateOne(mine, failed));
    }

    private static Document lapsed(Duration lease) {
        var held = List.of(
                new Document("lease", new Document("$exists", false)),
                new Document("$expr", olderThan("lease.renewedAt", lease)));
        return new Document("status", new Document("$in", List.of(EXPORTING.value(), UPLOADING.value())))
                .append("$or", held);
    }

    private static Document olderThan(String field, Duration age) {
        return new Document("$lt", List.of("$" + field, new Document("$subtract", List.of("$$NOW", age.toMillis()))));
    }

    private static Document with(Document document, String field, Object value) {
        return new Document(document).append(field, value);
    }
}
