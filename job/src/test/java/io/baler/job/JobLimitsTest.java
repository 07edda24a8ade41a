package io.baler.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.data.mongodb.core.MongoTemplate;

/** The limits hold over all workers and requests together, however many come at the same moment. */
class JobLimitsTest {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration LAPSED = Duration.ofMillis(-1000);
    private static final int MOST = 3;

    @RegisterExtension
    private static final FreshDatabases databases = new FreshDatabases();

    private MongoTemplate mongo;
    private JobStore jobs;

    @BeforeEach
    void freshDatabase() {
        mongo = databases.next();
        jobs = new JobStore(mongo, new JobLimits(MOST, new JobLimits.Limits(MOST, null)));
    }

    @Test
    void theDefaultsAreFiveLiveExportsARequesterAndAnyNumberRunning() {
        var unset = new Binder(new MapConfigurationPropertySource(Map.of()));

        assertThat(unset.bindOrCreate("baler", JobLimits.class))
                .isEqualTo(new JobLimits(null, new JobLimits.Limits(5, null)));
    }

    @Test
    void limitsBelowOneAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobLimits(0, new JobLimits.Limits(1, null)))
                .withMessageContaining("baler.max-running");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobLimits.Limits(0, null))
                .withMessageContaining("baler.limits.live-per-requester");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobLimits.Limits(1, 0))
                .withMessageContaining("baler.limits.live-total");
    }

    // ---- running

    @Test
    void noMoreRunThanMayHoweverManyWorkersClaimAtOnce() throws Exception {
        IntStream.range(0, 12).forEach(i -> create("user" + i, "h"));

        var claims = atOnce(12, i -> jobs.claimOldest("worker" + i, LEASE, LAPSED));

        assertThat(claims.stream().flatMap(Optional::stream).map(Claim::jobId).distinct())
                .hasSize(MOST);
        assertThat(jobs.claimOldest("late", LEASE, LAPSED)).isEmpty();
        assertThat(jobs.claim(waiting(), "late", LEASE)).isEmpty();
    }

    @Test
    void whatEndsOrIsRestartedMakesRoom() {
        IntStream.range(0, 6).forEach(i -> create("user" + i, "h"));
        var first = claimed();
        var second = claimed();
        var third = claimed();

        jobs.fail(first, new Failure("x", "y"));
        jobs.cancel(second.jobId());
        jobs.restart(third.jobId());

        assertThat(List.of(claimed(), claimed(), claimed())).hasSize(MOST);
        assertThat(jobs.claimOldest("late", LEASE, LAPSED)).isEmpty();
    }

    @Test
    void whoTakesOverNeedsNoRoom() {
        IntStream.range(0, 6).forEach(i -> create("user" + i, "h"));
        var lost = List.of(claimed(), claimed(), claimed());

        var takenOver = jobs.claimOldest("other", LAPSED, LAPSED);

        assertThat(takenOver)
                .hasValueSatisfying(
                        claim -> assertThat(claim.jobId()).isEqualTo(lost.get(0).jobId()));
        jobs.release(takenOver.orElseThrow());
        assertThat(jobs.claim(lost.get(0).jobId(), "next", LEASE)).isPresent();
    }

    // ---- per requester

    @Test
    void aRequesterHasNoMoreLiveExportsThanMayHoweverManyRequestsComeAtOnce() throws Exception {
        var created = atOnce(8, i -> create("ann", "hash" + i));

        assertThat(created).filteredOn(Creation.Created.class::isInstance).hasSize(MOST);
        assertThat(created)
                .filteredOn(new Creation.TooMany(LiveLimit.perRequester(MOST))::equals)
                .hasSize(8 - MOST);
        assertThat(create("bob", "hash")).isInstanceOf(Creation.Created.class);
    }

    @Test
    void anEqualRequestIsADuplicateAlsoWhenTheRequesterHasNoMoreToAskFor() {
        IntStream.range(0, MOST).forEach(i -> create("ann", "hash" + i));

        assertThat(create("ann", "hash0")).isInstanceOf(Creation.Duplicate.class);
    }

    @Test
    void anEndMakesRoomAndAFailedOneNeedsSomeToBeResumed() {
        IntStream.range(0, MOST).forEach(i -> create("ann", "hash" + i));
        var failed = jobs.fail(claimed(), new Failure("x", "y"));

        assertThat(create("ann", "another")).isInstanceOf(Creation.Created.class);
        assertThat(jobs.resume(failed.id())).isEqualTo(new Change.TooMany(LiveLimit.perRequester(MOST)));
        jobs.cancel(claimed().jobId());
        assertThat(jobs.resume(failed.id())).isInstanceOf(Change.Changed.class);
    }

    // ---- in total

    @Test
    void allRequestersTogetherHaveNoMoreLiveExportsThanMayHoweverManyReplicasCreateAtOnce() throws Exception {
        var replicas = List.of(inTotal(MOST), inTotal(MOST));

        var created = atOnce(8, i -> create(replicas.get(i % 2), "user" + i, "hash"));

        assertThat(created).filteredOn(Creation.Created.class::isInstance).hasSize(MOST);
        assertThat(created)
                .filteredOn(new Creation.TooMany(LiveLimit.inTotal(MOST))::equals)
                .hasSize(8 - MOST);
    }

    @Test
    void anEndMakesRoomForAnybodyAndAFailedOneNeedsSomeToBeResumed() {
        jobs = inTotal(1);
        create("ann", "hash");
        var failed = jobs.fail(claimed(), new Failure("x", "y"));

        assertThat(create("bob", "hash")).isInstanceOf(Creation.Created.class);
        assertThat(jobs.resume(failed.id())).isEqualTo(new Change.TooMany(LiveLimit.inTotal(1)));
        jobs.cancel(claimed().jobId());
        assertThat(jobs.resume(failed.id())).isInstanceOf(Change.Changed.class);
    }

    private JobStore inTotal(int most) {
        return new JobStore(mongo, new JobLimits(null, new JobLimits.Limits(5, most)));
    }

    @Test
    void aTombstoneHoldsNothing() {
        jobs = inTotal(MOST);
        create("ann", "hash");
        var job = claimed();
        jobs.cancel(job.jobId());
        jobs.delete(job.jobId());

        var tombstone = mongo.getCollection(ExportJob.COLLECTION)
                .find(new Document("_id", job.jobId()))
                .first();
        assertThat(tombstone)
                .containsEntry("status", "deleted")
                .doesNotContainKeys(JobClaims.PLACE, JobSeats.SEAT, JobSeats.SEAT_OF_ALL, "requestedBy");
    }

    // ---- what cannot be read

    @Test
    void aJobThatCannotBeReadIsFailedAndKeepsNobodyWaiting() {
        create("ann", "unreadable");
        var broken = waiting();
        create("bob", "readable");
        mongo.getCollection(ExportJob.COLLECTION)
                .updateOne(new Document("_id", broken), new Document("$set", new Document("filters", "none")));

        var claim = jobs.claimOldest("worker", LEASE, LAPSED);

        assertThat(claim)
                .hasValueSatisfying(it -> assertThat(it.job().requestedBy()).isEqualTo("bob"));
        var failed = mongo.getCollection(ExportJob.COLLECTION)
                .find(new Document("_id", broken))
                .first();
        assertThat(failed).containsEntry("status", "failed");
        assertThat(failed.get("failure", Document.class)).containsEntry("code", "job-unreadable");
    }

    @Test
    void aJobThatCannotBeReadIsLeftOutOfListsAndSweepsAndHidesNoOther() {
        create("ann", "unreadable");
        var broken = waiting();
        var readable = ((Creation.Created) create("ann", "readable")).job();
        mongo.getCollection(ExportJob.COLLECTION)
                .updateOne(new Document("_id", broken), new Document("$set", new Document("filters", "none")));

        var listed = new JobSummaries(mongo).page(new JobSearch("ann", Set.of(), null, null, null, 10));

        assertThat(listed.jobs()).containsExactly(readable.summary());
    }

    private Claim claimed() {
        return jobs.claimOldest("worker", LEASE, LAPSED).orElseThrow();
    }

    /** Id of a job that waits. */
    private String waiting() {
        return mongo.getCollection(ExportJob.COLLECTION)
                .find(new Document("status", "queued"))
                .first()
                .getString("_id");
    }

    private Creation create(String requester, String hash) {
        return create(jobs, requester, hash);
    }

    private static Creation create(JobStore jobs, String requester, String hash) {
        return jobs.create(new NewJob(
                new ObjectId().toHexString(),
                requester,
                LogFilters.NONE,
                new Selection(null, "logs", "activities", "user", "action", "createdAt"),
                hash,
                ArchiveFormat.JSON,
                null));
    }

    private interface Numbered<T> {
        T call(int i);
    }

    private static <T> List<T> atOnce(int threads, Numbered<T> call) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var calls = IntStream.range(0, threads)
                    .<Callable<T>>mapToObj(i -> () -> call.call(i))
                    .toList();
            var results = new ArrayList<T>();
            for (var future : pool.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
