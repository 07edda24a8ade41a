package io.baler.job;

import static io.baler.job.JobStatus.CANCELLED;
import static io.baler.job.JobStatus.EXPIRED;
import static io.baler.job.JobStatus.EXPORTING;
import static io.baler.job.JobStatus.FAILED;
import static io.baler.job.JobStatus.QUEUED;
import static io.baler.job.JobStatus.UPLOADING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;

/**
 * What JobStore promises whoever calls it.
 *
 * <p>Each guard was taken out of JobStore by hand, one at a time, and these tests and {@link RacesTest} were run. What
 * failed:
 *
 * <table>
 * <caption>Which test needs which guard</caption>
 * <tr><th>without</th><th>fails</th></tr>
 * <tr><td>the epoch in {@code mine}</td><td>{@link #aWorkerThatLostItsClaimChangesNothing}, {@link
 * #filesOfAPartThatNoCheckpointNamesAreIgnored}, {@link RacesTest#takeoverAgainstTheLastCommitOfTheOldWorker}, {@link
 * RacesTest#restartAgainstCompletion}</td></tr>
 * <tr><td>the status in {@code mine}</td><td>{@link #anEndedJobTakesNoMoreWrites}</td></tr>
 * <tr><td>{@code seq} in {@code commit}</td><td>{@link #aPartIsCommittedOnceHoweverOftenItIsSent}</td></tr>
 * <tr><td>the comparison of parts in {@code alreadyApplied}</td><td>{@link
 * #aPartIsCommittedOnceHoweverOftenItIsSent}</td></tr>
 * <tr><td>the status in {@code change}</td><td>{@link RacesTest#restartAgainstCompletion}, {@link
 * RacesTest#cancelAgainstCompletion}, {@link RacesTest#expiryAgainstFinalisation}</td></tr>
 * <tr><td>the epoch in {@code change}</td><td>{@link
 * #aChangeIsMadeOfTheJobAsItIsEvenIfItHasLivedAnotherLifeSinceItWasRead}</td></tr>
 * <tr><td>the upload in {@code change}</td><td>{@link RacesTest#cancelAgainstTheBeginningOfAnUpload}</td></tr>
 * <tr><td>the look at the status before {@code change}</td><td>{@link #cancellingAndExpiringEndLiveJobsOnly}</td></tr>
 * <tr><td>the life in {@code restart}</td><td>{@link #onlyTheLifeThatIsMeantIsRestarted}</td></tr>
 * <tr><td>the unknown id in {@code forbid}</td><td>{@link #aJobsIdCannotBeForbidden}</td></tr>
 * <tr><td>the age in {@code expire}</td><td>{@link #cancellingAndExpiringEndLiveJobsOnly}</td></tr>
 * <tr><td>the epoch in {@code delete}</td><td>{@link #aDeletionForgetsNoUploadThatBeganSinceTheJobWasRead}</td></tr>
 * <tr><td>the status and the epoch in {@code delete}</td><td>also {@link RacesTest#deleteAgainstResume}; the status alone
 * is not missed, for a finished job changes its status only with its epoch</td></tr>
 * <tr><td>the epoch in {@code markAnnounced}</td><td>{@link
 * #anEndIsNotTakenForAnnouncedOnceTheJobGoesOn}</td></tr>
 * <tr><td>the status in claims of waiting jobs</td><td>{@link #ofManyWorkersOneClaimsAJob}, {@link
 * RacesTest#twoWorkersClaimTheSameJob}, {@link RacesTest#twoWorkersClaimTheOldestJob}</td></tr>
 * <tr><td>the status in claims of lapsed jobs</td><td>{@link #aJobThatKafkaMayStillBringIsLeftAlone}, {@link
 * #aDeletedJobsIdNeverComesBackAndItsBytesStayGarbage}</td></tr>
 * <tr><td>the lease in claims of lapsed jobs</td><td>{@link
 * #aJobIsClaimedAgainOnlyAfterItsLeaseHasLapsedOrBeenGivenBack}</td></tr>
 * <tr><td>the raised epoch of a claim</td><td>{@link #aWorkerThatLostItsClaimChangesNothing}, {@link
 * RacesTest#takeoverAgainstTheLastCommitOfTheOldWorker}</td></tr>
 * <tr><td>the place of a running job</td><td>{@link JobLimitsTest#noMoreRunThanMayHoweverManyWorkersClaimAtOnce}</td></tr>
 * <tr><td>the seat of a live job</td><td>{@link
 * JobLimitsTest#aRequesterHasNoMoreLiveExportsThanMayHoweverManyRequestsComeAtOnce}</td></tr>
 * <tr><td>the stored attempts in {@code release}</td><td>{@link
 * #aCommitWhoseAnswerTheWorkerHasNotHeardCountsWhenItGivesTheJobBack}</td></tr>
 * <tr><td>the raised epoch of other changes</td><td>{@link
 * #aRestartBeginsAgainWithTheSameResultSetAndLeavesTheUploadAsGarbage}, {@link RacesTest#cancelAgainstCommit}</td></tr>
 * </table>
 */
class JobStoreTest {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration NO_GRACE = Duration.ofMillis(-1000);
    private static final Duration LAPSED = Duration.ofMillis(-1000);
    private static final Engine ENGINE = new Engine("e", "d", 6, 10, 100, 1000, null);
    private static final Attachment ARCHIVE =
            new Attachment("bucket", "key", "a.zip", 100, "etag", "sha", Instant.EPOCH);

    @RegisterExtension
    private static final FreshDatabases databases = new FreshDatabases();

    private MongoTemplate mongo;
    private JobStore jobs;
    private JobQueries found;

    @BeforeEach
    void freshDatabase() {
        mongo = databases.next();
        jobs = new JobStore(mongo);
        found = new JobQueries(mongo);
    }

    // ---- creating

    @Test
    void aNewJobWaitsInTheQueueWithTheDatabasesTime() {
        var job = create("alice", "h1");

        assertThat(job.status()).isEqualTo(QUEUED);
        assertThat(job.createdAt()).isAfter(Instant.now().minusSeconds(60));
        assertThat(job.asOf()).isEqualTo(job.createdAt());
        assertThat(jobs.find(job.id())).contains(job);
    }

    @Test
    void anIdThatIsForbiddenNeverBecomesAJob() {
        var request = request("alice", "h1", null);

        assertThat(jobs.forbid(request.id())).isTrue();
        assertThat(jobs.forbid(request.id())).isTrue();

        assertThat(jobs.create(request)).isEqualTo(new Creation.IdTaken(request.id()));
        assertThat(jobs.find(request.id())).isEmpty();
    }

    @Test
    void aJobsIdCannotBeForbidden() {
        var job = create("alice", "h1");

        assertThat(jobs.forbid(job.id())).isFalse();
        assertThat(jobs.find(job.id())).contains(job);
    }

    @Test
    void onlyTheLifeThatIsMeantIsRestarted() {
        var job = create("alice", "h1");

        assertThat(jobs.restart(job.id(), job.liveSince().minusMillis(1))).isEqualTo(new Change.Refused(job));
        assertThat(changed(jobs.restart(job.id(), job.liveSince())).gen()).isEqualTo(1);
    }

    @Test
    void noRecordIsPromisedThatIsYoungerThanTheRequest() {
        var early = Instant.parse("2020-01-01T00:00:00Z");

        assertThat(created(request("alice", "h1", early)).asOf()).isEqualTo(early);
        var late = created(request("alice", "h2", Instant.now().plusSeconds(3600)));
        assertThat(late.asOf()).isEqualTo(late.createdAt());
    }

    @Test
    void theSameIdIsCreatedOnceAndNeverTouchedAgain() {
        var request = request("alice", "h1", null);
        var first = created(request);

        assertThat(jobs.create(request)).isEqualTo(new Creation.IdTaken(request.id()));
        assertThat(jobs.find(request.id())).contains(first);
    }

    @Test
    void whatWasRefusedBecomesAJobOnceAndForItsRequesterOnly() {
        var request = request("alice", "h1", null);
        var refused = jobs.createRefused(request, Failure.refused("why")).orElseThrow();
        var other =
                new NewJob(request.id(), "bob", request.filters(), request.selection(), "h1", request.format(), null);
        assertThat(jobs.createInsteadOfRefused(other)).isEqualTo(new Creation.IdTaken(request.id()));
        assertThat(find(request.id())).isEqualTo(refused);

        var job = ((Creation.Created) jobs.createInsteadOfRefused(request)).job();

        assertThat(job.status()).isEqualTo(QUEUED);
        assertThat(job.epoch()).as("fences off whoever tells of the refusal").isEqualTo(refused.epoch() + 1);
        assertThat(job.failure()).isNull();
        assertThat(job.endedAt()).isNull();
        assertThat(job.announced()).isFalse();
        assertThat(jobs.createInsteadOfRefused(request)).isEqualTo(new Creation.IdTaken(request.id()));
        assertThat(jobs.create(request("alice", "h1", null))).isEqualTo(new Creation.Duplicate(job));
    }

    @Test
    void nothingOfARefusedRequestStaysInTheJobThatComesInsteadOfIt() {
        var early = Instant.parse("2020-01-01T00:00:00Z");
        var refused = request("alice", "h1", early)
                .tracedAs(new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "a=b"));
        jobs.createRefused(refused, Failure.refused("why")).orElseThrow();
        var corrected =
                new NewJob(refused.id(), "alice", LogFilters.NONE, refused.selection(), "h2", ArchiveFormat.CSV, null);

        var job = ((Creation.Created) jobs.createInsteadOfRefused(corrected)).job();

        assertThat(job.asOfRequested()).isNull();
        assertThat(job.trace()).isNull();
        assertThat(job.format()).isEqualTo(ArchiveFormat.CSV);
        assertThat(job.filterHash()).isEqualTo("h2");
        assertThat(job.asOf()).isEqualTo(job.createdAt());
    }

    @Test
    void whoIsRefusedAgainIsToldWhyThisTime() {
        var request = request("alice", "h1", null);
        jobs.createRefused(request, Failure.refused("first")).orElseThrow();

        jobs.refuseAgain(request, Failure.refused("second"));

        assertThat(find(request.id()).failure()).isEqualTo(Failure.refused("second"));
    }

    @Test
    void whatWasRefusedStaysSoWhileAnEqualOneRuns() {
        var request = request("alice", "h1", null);
        var refused = jobs.createRefused(request, Failure.refused("why")).orElseThrow();
        var equal = create("alice", "h1");

        assertThat(jobs.createInsteadOfRefused(request)).isEqualTo(new Creation.Duplicate(equal));
        assertThat(find(request.id())).isEqualTo(refused);
    }

    @Test
    void aRequesterHasOneLiveJobPerFilters() {
        var first = create("alice", "h1");

        assertThat(jobs.create(request("alice", "h1", null))).isEqualTo(new Creation.Duplicate(first));
        assertThat(jobs.create(request("bob", "h1", null))).isInstanceOf(Creation.Created.class);
        assertThat(jobs.create(request("alice", "h2", null))).isInstanceOf(Creation.Created.class);
        jobs.cancel(first.id());
        assertThat(jobs.create(request("alice", "h1", null))).isInstanceOf(Creation.Created.class);
    }

    @Test
    void ofManySimultaneousEqualRequestsOneBecomesAJob() throws Exception {
        var outcomes = atOnce(16, () -> jobs.create(request("alice", "h1", null)));

        assertThat(outcomes).filteredOn(Creation.Created.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Creation.Duplicate.class::isInstance).hasSize(15);
    }

    // ---- claiming

    @Test
    void ofManyWorkersOneClaimsAJob() throws Exception {
        var job = create("alice", "h1");

        var claims = atOnce(16, () -> jobs.claim(job.id(), "w", LEASE));

        assertThat(claims).filteredOn(claim -> claim.isPresent()).hasSize(1);
        assertThat(find(job).status()).isEqualTo(EXPORTING);
        assertThat(find(job).epoch()).isEqualTo(1);
    }

    @Test
    void aJobIsClaimedAgainOnlyAfterItsLeaseHasLapsedOrBeenGivenBack() {
        var claim = claim(create("alice", "h1"));

        assertThat(jobs.claim(claim.jobId(), "other", LEASE)).isEmpty();
        assertThat(jobs.claimOldest("other", LEASE, NO_GRACE)).isEmpty();
        assertThat(jobs.claimOldest("other", LAPSED, NO_GRACE)).isPresent();
    }

    @Test
    void aGivenBackJobIsClaimedAtOnceAndTheClaimDoesNotCountAsAnAttempt() {
        var claim = claim(create("alice", "h1"));
        jobs.release(claim);
        // a renewal that was on its way must not take the lease again
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.renew(claim, 7));

        var next = jobs.claim(claim.jobId(), "other", LEASE).orElseThrow();

        assertThat(next.epoch()).isGreaterThan(claim.epoch());
        assertThat(next.job().attempts()).isEqualTo(1);
    }

    @Test
    void aCommitWhoseAnswerTheWorkerHasNotHeardCountsWhenItGivesTheJobBack() {
        var claim = uploading(claim(create("alice", "h1")));
        jobs.commit(claim, part(1, claim, false));

        jobs.release(claim);

        assertThat(jobs.find(claim.jobId()).orElseThrow().attempts()).isZero();
    }

    @Test
    void theOldestWaitingJobIsClaimedFirst() {
        var first = create("alice", "h1");
        var second = create("alice", "h2");

        assertThat(jobs.claimOldest("w", LEASE, NO_GRACE).orElseThrow().jobId()).isEqualTo(first.id());
        assertThat(jobs.claimOldest("w", LEASE, NO_GRACE).orElseThrow().jobId()).isEqualTo(second.id());
        assertThat(jobs.claimOldest("w", LEASE, NO_GRACE)).isEmpty();
    }

    @Test
    void aJobThatKafkaMayStillBringIsLeftAlone() {
        create("alice", "h1");

        assertThat(jobs.claimOldest("w", LEASE, Duration.ofMinutes(1))).isEmpty();
    }

    // ---- working

    @Test
    void aCommitMovesTheCheckpointAndItsFilesAreReadBackInOrder() {
        var claim = uploading(claim(create("alice", "h1")));

        claim = jobs.commit(claim, part(1, claim, false));
        claim = jobs.commit(claim, part(2, claim, false));

        var checkpoint = find(claim).checkpoint();
        assertThat(checkpoint.seq()).isEqualTo(2);
        assertThat(checkpoint.totalExportedCount()).isEqualTo(20);
        assertThat(checkpoint.lastExportedId()).isEqualTo(new BsonInt32(2));
        assertThat(jobs.filesOf(find(claim))).extracting(ArchivedFile::name).containsExactly("file-1", "file-2");
    }

    @Test
    void aPartIsCommittedOnceHoweverOftenItIsSent() {
        var claim = uploading(claim(create("alice", "h1")));
        var part = part(1, claim, false);
        jobs.commit(claim, part);

        var again = jobs.commit(claim, part);

        assertThat(again.job().checkpoint().parts()).hasSize(1);
        var other = part(1, claim, false, "\"other\"");
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.commit(claim, other));
    }

    @Test
    void aWorkerThatLostItsClaimChangesNothing() {
        var lost = uploading(claim(create("alice", "h1")));
        var current = jobs.claimOldest("other", LAPSED, NO_GRACE).orElseThrow();

        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.renew(lost, 7));
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.commit(lost, part(1, lost, false)));
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.complete(lost, ARCHIVE));
        assertThatExceptionOfType(ClaimLost.class)
                .isThrownBy(() -> jobs.completeWithoutMatch(lost, SomeManifest.of(lost)));
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.linkToChain(lost));
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.fail(lost, new Failure("c", "m")));
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.release(lost));
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.reclaim(lost));
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.regenerate(lost));
        assertThat(find(lost)).isEqualTo(current.job());
    }

    @Test
    void anEndedJobTakesNoMoreWrites() {
        var claim = uploading(claim(create("alice", "h1")));
        var completed = jobs.complete(claim, ARCHIVE);

        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.renew(claim, 7));
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.fail(claim, new Failure("c", "m")));
        assertThat(find(claim)).isEqualTo(completed);
    }

    @Test
    void filesOfAPartThatNoCheckpointNamesAreIgnored() {
        var lost = uploading(claim(create("alice", "h1")));
        var current = jobs.claimOldest("other", LAPSED, NO_GRACE).orElseThrow();
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.commit(lost, part(1, lost, false)));

        current = jobs.commit(current, part(1, current, false));

        assertThat(jobs.filesOf(find(current))).hasSize(1);
    }

    @Test
    void aPartMayHaveMoreFilesThanOneDocumentHolds() {
        var claim = uploading(claim(create("alice", "h1")));
        var files = IntStream.range(0, 5_000).mapToObj(JobStoreTest::file).toList();
        var one = part(1, claim, false);

        claim = jobs.commit(
                claim,
                new Commit(one.part(), files, one.lastExportedId(), 1_000_000, 100, "digest", files.size(), null));

        assertThat(jobs.filesOf(find(claim))).containsExactlyElementsOf(files);
    }

    @Test
    void theLastPartFreezesTheJob() {
        var claim = uploading(claim(create("alice", "h1")));

        claim = jobs.commit(claim, part(1, claim, true));

        assertThat(claim.job().status()).isEqualTo(UPLOADING);
        assertThat(claim.job().checkpoint().frozen()).isTrue();
        assertThat(find(claim).manifest()).isEqualTo(SomeManifest.of(claim));
        assertThat(claim.job().finalManifest()).as("before the end").isEmpty();
        assertThat(jobs.complete(claim, ARCHIVE).finalManifest()).contains(SomeManifest.of(claim));
    }

    @Test
    void whoTakesOverAFrozenJobHasOnlyToCompleteIt() {
        var claim = uploading(claim(create("alice", "h1")));
        jobs.commit(claim, part(1, claim, true));

        var taken = jobs.claimOldest("other", LAPSED, NO_GRACE).orElseThrow();
        assertThat(taken.job().status()).isEqualTo(UPLOADING);
    }

    @Test
    void progressSetsTheAttemptsBackAndRetriesCountThem() {
        var claim = uploading(claim(create("alice", "h1")));
        claim = jobs.reclaim(claim);
        claim = jobs.reclaim(claim);
        assertThat(claim.job().attempts()).isEqualTo(3);

        claim = jobs.commit(claim, part(1, claim, false));

        assertThat(claim.job().attempts()).isZero();
    }

    @Test
    void anUploadThatKeepsGettingLostFailsItsJob() {
        var claim = uploading(claim(create("alice", "h1")));
        for (int i = 0; i < JobStore.MAX_REGENERATIONS; i++) {
            claim = uploading(jobs.regenerate(uploading(claim)));
        }
        var last = claim;

        assertThatExceptionOfType(ExportFailed.class).isThrownBy(() -> jobs.regenerate(last));
        assertThat(last.job().gen()).isEqualTo(JobStore.MAX_REGENERATIONS);
    }

    // ---- asked for by people and sweeps

    @Test
    void aRestartBeginsAgainWithTheSameResultSetAndLeavesTheUploadAsGarbage() {
        var claim = uploading(claim(create("alice", "h1")));
        claim = jobs.fixResultSet(claim, new Bounds(new BsonInt32(9)), 9L, ENGINE);
        claim = jobs.commit(claim, part(1, claim, false));

        var restarted = changed(jobs.restart(claim.jobId()));

        assertThat(restarted.status()).isEqualTo(QUEUED);
        assertThat(restarted.gen()).isEqualTo(1);
        assertThat(restarted.epoch()).isGreaterThan(claim.epoch());
        assertThat(restarted.checkpoint()).isEqualTo(Checkpoint.EMPTY);
        assertThat(restarted.lease()).isNull();
        assertThat(restarted.bounds()).isEqualTo(new Bounds(new BsonInt32(9)));
        assertThat(restarted.garbage()).containsExactly(new Garbage("key", "upload"));
        assertThat(jobs.filesOf(restarted)).isEmpty();
    }

    @Test
    void cancellingAndExpiringEndLiveJobsOnly() {
        var cancelled = changed(jobs.cancel(create("alice", "h1").id()));
        var young = create("alice", "h2");
        var expired = changed(jobs.expire(young.id(), Duration.ofSeconds(-1)));

        assertThat(cancelled.status()).isEqualTo(CANCELLED);
        assertThat(expired.status()).isEqualTo(EXPIRED);
        assertThat(jobs.cancel(cancelled.id())).isEqualTo(new Change.Refused(cancelled));
        assertThat(jobs.restart(cancelled.id())).isEqualTo(new Change.Refused(cancelled));
        assertThat(jobs.expire(create("alice", "h3").id(), Duration.ofHours(1))).isInstanceOf(Change.Refused.class);
        assertThat(jobs.cancel("64b000000000000000000000")).isInstanceOf(Change.NotFound.class);
    }

    @Test
    void aFailedJobResumesWhereItsCheckpointStands() {
        var claim = uploading(claim(create("alice", "h1")));
        claim = jobs.commit(claim, part(1, claim, false));
        var failed = jobs.fail(claim, new Failure("storage-unavailable", "words"));
        assertThat(failed.status()).isEqualTo(FAILED);

        var resumed = changed(jobs.resume(failed.id()));

        assertThat(resumed.status()).isEqualTo(QUEUED);
        assertThat(resumed.checkpoint()).isEqualTo(failed.checkpoint());
        assertThat(resumed.failure()).isNull();
        assertThat(jobs.create(request("alice", "h1", null))).isEqualTo(new Creation.Duplicate(resumed));
    }

    @Test
    void aChangeIsMadeOfTheJobAsItIsEvenIfItHasLivedAnotherLifeSinceItWasRead() {
        var claim = uploading(claim(create("alice", "h1")));
        var failed = jobs.fail(claim, new Failure("c", "m"));
        var slow = new JobStore(new ActingBetween(mongo, () -> {
            var again = claim(changed(jobs.resume(failed.id())));
            jobs.fail(jobs.commit(again, part(1, again, true)), new Failure("c", "m"));
        }));

        var resumed = changed(slow.resume(failed.id()));

        // as it was read it would have gone back into the queue, where nobody completes what is frozen
        assertThat(resumed.status()).isEqualTo(UPLOADING);
        assertThat(resumed.checkpoint().frozen()).isTrue();
    }

    @Test
    void aFailedJobDoesNotResumeBesideALiveEqual() {
        var failed = jobs.fail(claim(create("alice", "h1")), new Failure("c", "m"));
        var live = create("alice", "h1");

        assertThat(jobs.resume(failed.id())).isEqualTo(new Change.Duplicate(live));
        assertThat(find(failed.id()).status()).isEqualTo(FAILED);
    }

    @Test
    void aDeletedJobsIdNeverComesBackAndItsBytesStayGarbage() {
        var request = request("alice", "h1", null);
        var claim = uploading(claim(created(request)));
        jobs.complete(claim, ARCHIVE);

        assertThat(jobs.delete(request.id())).isInstanceOf(Change.Changed.class);

        assertThat(jobs.find(request.id())).isEmpty();
        assertThat(new JobSummaries(mongo).find(request.id())).isEmpty();
        assertThat(jobs.create(request)).isEqualTo(new Creation.IdTaken(request.id()));
        assertThat(jobs.claim(request.id(), "w", LEASE)).isEmpty();
        assertThat(found.withGarbage())
                .containsExactly(new JobGarbage(request.id(), List.of(new Garbage("key", "upload"))));
        jobs.forgetGarbage(request.id(), new Garbage("key", "upload"));
        assertThat(found.withGarbage()).isEmpty();
    }

    @Test
    void aDeletionForgetsNoUploadThatBeganSinceTheJobWasRead() {
        var failed =
                jobs.fail(jobs.beginUpload(claim(create("alice", "h1")), "key-0", "upload-0"), new Failure("c", "m"));
        var slow = new JobStore(new ActingBetween(mongo, () -> {
            jobs.resume(failed.id());
            var again = claim(changed(jobs.restart(failed.id())));
            jobs.fail(jobs.beginUpload(again, "key-1", "upload-1"), new Failure("c", "m"));
        }));

        slow.delete(failed.id());

        var all = List.of(new Garbage("key-0", "upload-0"), new Garbage("key-1", "upload-1"));
        assertThat(found.withGarbage()).containsExactly(new JobGarbage(failed.id(), all));
    }

    @Test
    void garbageIsMarkedAndForgottenOneByOne() {
        var first = jobs.beginUpload(claim(create("alice", "h1")), "key-0", "upload-0");
        jobs.restart(first.jobId());
        var second = jobs.beginUpload(claim(find(first)), "key-1", "upload-1");
        jobs.cancel(second.jobId());
        var swept = new Garbage("key-1", "upload-1");

        jobs.markSwept(first.jobId(), swept);
        assertThat(find(first).garbage())
                .extracting(Garbage::sweptAt)
                .satisfiesExactly(
                        never -> assertThat(never).isNull(),
                        now -> assertThat(now).isAfter(Instant.now().minusSeconds(60)));
        assertThat(found.sweptLongerAgoThan(Duration.ofMinutes(1), first.jobId(), swept))
                .isFalse();
        assertThat(found.sweptLongerAgoThan(Duration.ofMinutes(-1), first.jobId(), swept))
                .isTrue();
        assertThat(found.sweptLongerAgoThan(Duration.ofMinutes(-1), first.jobId(), new Garbage("key-0", "upload-0")))
                .isFalse();

        jobs.forgetGarbage(first.jobId(), swept);
        assertThat(find(first).garbage()).containsExactly(new Garbage("key-0", "upload-0"));
    }

    @Test
    void anEndIsNotTakenForAnnouncedOnceTheJobGoesOn() {
        var failed = jobs.fail(claim(create("alice", "h1")), new Failure("c", "m"));
        var again = jobs.fail(claim(changed(jobs.resume(failed.id()))), new Failure("c", "m"));

        jobs.markAnnounced(failed);
        assertThat(find(failed).announced()).isFalse();
        jobs.markAnnounced(again);
        assertThat(find(failed).announced()).isTrue();
    }

    @Test
    void liveJobsAreNotDeleted() {
        var job = create("alice", "h1");

        assertThat(jobs.delete(job.id())).isEqualTo(new Change.Refused(job));
        assertThat(find(job.id())).isEqualTo(job);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theLastIdComesBackExactlyAsItIsWhateverItsType(BsonValue id) {
        var claim = uploading(claim(create("alice", "h1")));
        var part = part(1, claim, false);
        claim = jobs.commit(claim, new Commit(part.part(), part.files(), id, 10, 100, "digest", 1, null));

        assertThat(find(claim).checkpoint().lastExportedId()).isEqualTo(id);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void whatIsRecordedOfAFileComesBackExactlyAsItIs(BsonValue id) {
        var claim = uploading(claim(create("alice", "h1")));
        var runs = List.of(new IdRun(IdKind.NUMBER, 3_000_000_000L), new IdRun(IdKind.OBJECT_ID, 1));
        var invalid = new InvalidRecords(7, List.of(id, id));
        var file = new ArchivedFile("file", 0xffff_ffffL, 1L << 40, 3, 4, 10, id, id, "sha", runs, invalid);
        var part = new UploadedPart(1, "etag", "crc", 100, claim.epoch());

        claim = jobs.commit(claim, new Commit(part, List.of(file), id, 10, 100, "digest", 1, null));

        assertThat(jobs.filesOf(find(claim))).containsExactly(file);
    }

    @Test
    void aStatementThatNothingMatchedComesBackExactlyAsItIs() {
        var claim = jobs.linkToChain(claim(create("alice", "h1")));
        var manifest =
                new SignedManifest(1, "sha", "signature", "key", 1L << 40, 0, 0, "sha", "{ \"a\" : \"…\\u0000\" }\n");

        var completed = jobs.completeWithoutMatch(claim, manifest);

        assertThat(find(claim)).isEqualTo(completed);
        assertThat(completed.hasNoResults()).isTrue();
        assertThat(completed.finalManifest()).contains(manifest);
    }

    static Stream<BsonValue> ids() {
        return Stream.of(
                new BsonObjectId(new ObjectId()),
                new BsonString("64b000000000000000000000"),
                new BsonInt32(7),
                new BsonInt64(7),
                new BsonDouble(7),
                new BsonDateTime(7),
                new BsonBinary((byte) 4, new byte[16]),
                new BsonBinary((byte) 0, new byte[] {1, 2}),
                new BsonDocument("b", new BsonInt32(1)).append("a", new BsonString("x")));
    }

    // ---- how the tests speak

    private static NewJob request(String requestedBy, String hash, Instant asOf) {
        var selection = new Selection(null, "db", "activities", "user", "action", "createdAt");
        return new NewJob(
                new ObjectId().toHexString(), requestedBy, LogFilters.NONE, selection, hash, ArchiveFormat.JSON, asOf);
    }

    private ExportJob create(String requestedBy, String hash) {
        return created(request(requestedBy, hash, null));
    }

    private ExportJob created(NewJob request) {
        return ((Creation.Created) jobs.create(request)).job();
    }

    private Claim claim(ExportJob job) {
        return jobs.claim(job.id(), "w", LEASE).orElseThrow();
    }

    private Claim uploading(Claim claim) {
        return jobs.beginUpload(claim, "key", "upload");
    }

    private static Commit part(int n, Claim claim, boolean last) {
        return part(n, claim, last, "\"etag-" + n + "\"");
    }

    private static Commit part(int n, Claim claim, boolean last, String etag) {
        var id = new BsonInt32(n);
        var part = new UploadedPart(n, etag, "crc", 100, claim.epoch());
        return new Commit(
                part, List.of(file(n)), id, 10L * n, 100L * n, "digest", n, last ? SomeManifest.of(claim) : null);
    }

    private static ArchivedFile file(int n) {
        var id = new BsonInt32(n);
        return new ArchivedFile(
                "file-" + n, 1, 2, 3, 4, 10, id, id, "sha", List.of(new IdRun(IdKind.NUMBER, 10)), InvalidRecords.NONE);
    }

    private static ExportJob changed(Change change) {
        return ((Change.Changed) change).job();
    }

    private ExportJob find(Claim claim) {
        return find(claim.jobId());
    }

    private ExportJob find(ExportJob job) {
        return find(job.id());
    }

    private ExportJob find(String id) {
        return jobs.find(id).orElseThrow();
    }

    /** Lets something happen behind the first read. */
    private static final class ActingBetween extends MongoTemplate {
        private final AtomicReference<Runnable> action;

        ActingBetween(MongoTemplate mongo, Runnable action) {
            super(mongo.getMongoDatabaseFactory(), mongo.getConverter());
            this.action = new AtomicReference<>(action);
        }

        @Override
        public <T> T findOne(Query query, Class<T> type) {
            var read = super.findOne(query, type);
            action.getAndSet(() -> {}).run();
            return read;
        }
    }

    private static <T> List<T> atOnce(int times, Callable<T> action) throws Exception {
        var threads = Executors.newFixedThreadPool(times);
        try {
            var outcomes = new java.util.ArrayList<T>();
            for (var outcome : threads.invokeAll(java.util.Collections.nCopies(times, action))) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}
