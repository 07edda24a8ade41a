package io.baler.job;

import java.time.Duration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;

/** The indexes that the job's rules and queries stand on; creating them again changes nothing. */
final class JobIndexes {
    /** Outlives the retention of the request topic and of the dead letters, which could bring the id back. */
    private static final Duration TOMBSTONE_RETENTION = Duration.ofDays(30);

    private JobIndexes() {}

    static void ensure(MongoOperations mongo) {
        var jobs = mongo.indexOps(ExportJob.class);
        // One live job per requester and filters. Sparse, not partial: ended jobs have no live key at all.
        jobs.createIndex(new Index("liveKey", Direction.ASC).unique().sparse().named("one_live_job"));
        // Limits that hold however many services keep to them; see NumberedPlaces.
        jobs.createIndex(
                new Index(JobClaims.PLACE, Direction.ASC).unique().sparse().named("running_places"));
        jobs.createIndex(
                new Index(JobSeats.SEAT, Direction.ASC).unique().sparse().named("requester_seats"));
        jobs.createIndex(
                new Index(JobSeats.SEAT_OF_ALL, Direction.ASC).unique().sparse().named("total_seats"));
        jobs.createIndex(new Index("status", Direction.ASC)
                .on("liveSince", Direction.ASC)
                .named("oldest_first"));
        jobs.createIndex(new Index("requestedBy", Direction.ASC)
                .on("createdAt", Direction.DESC)
                .on("_id", Direction.DESC)
                .named("own_newest_first"));
        jobs.createIndex(new Index("requestedBy", Direction.ASC)
                .on("status", Direction.ASC)
                .on("createdAt", Direction.DESC)
                .on("_id", Direction.DESC)
                .named("own_by_status"));
        jobs.createIndex(
                new Index("createdAt", Direction.DESC).on("_id", Direction.DESC).named("newest_first"));
        jobs.createIndex(new Index("status", Direction.ASC)
                .on("createdAt", Direction.DESC)
                .on("_id", Direction.DESC)
                .named("by_status"));
        jobs.createIndex(new Index("requestedBy", Direction.ASC)
                .on("filterHash", Direction.ASC)
                .on("manifest.position", Direction.DESC)
                .named("chain"));
        jobs.createIndex(
                new Index("status", Direction.ASC).on("endedAt", Direction.ASC).named("retention"));
        jobs.createIndex(new Index("attachment.key", Direction.ASC).sparse().named("referred_objects"));
        jobs.createIndex(new Index("checkpoint.key", Direction.ASC).sparse().named("objects_in_the_making"));
        jobs.createIndex(new Index("garbage.key", Direction.ASC).sparse().named("garbage"));
        jobs.createIndex(new Index("deletedAt", Direction.ASC)
                .sparse()
                .expire(TOMBSTONE_RETENTION)
                .named("tombstones"));
        mongo.indexOps(PartStore.COLLECTION).createIndex(new Index("_id.jobId", Direction.ASC).named("of_job"));
    }
}
