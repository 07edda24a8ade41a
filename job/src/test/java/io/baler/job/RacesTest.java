package io.baler.job;

import static io.baler.job.JobStatus.CANCELLED;
import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.EXPIRED;
import static io.baler.job.JobStatus.EXPORTING;
import static io.baler.job.JobStatus.QUEUED;
import static io.baler.job.Race.unlessLost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.baler.local.MongoServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Whatever two do to one job at the same moment, one of them is first, the other one is told, and the job is as if the
 * two had come one behind the other. Each race is run many times, by two services with a client each; it prints how
 * often which order came about.
 */
class RacesTest {
    private static final int ROUNDS =
            System.getProperty("baler.effort", "short").equals("long") ? 200 : 20;
    private static final Duration LEASE = Duration.ofHours(1);
    private static final Duration LAPSED = Duration.ofSeconds(-1);
    private static final Duration NO_GRACE = Duration.ofSeconds(-1);

    private static MongoServer server;
    private static MongoClient oneClient;
    private static MongoClient otherClient;

    private MongoTemplate mongo;
    private JobStore jobs;
    private JobStore others;
    private Race race;
    private int begun;

    @BeforeAll
    static void start() {
        server = MongoServer.inMemory(0);
        oneClient = MongoClients.create(server.connectionString());
        otherClient = MongoClients.create(server.connectionString());
    }

    @AfterAll
    static void stop() {
        oneClient.close();
        otherClient.close();
        server.close();
    }

    @BeforeEach
    void freshDatabase(TestInfo test) {
        var name = "races" + new ObjectId();
        mongo = JobDatabase.open(oneClient, name);
        jobs = new JobStore(mongo);
        others = new JobStore(JobDatabase.open(otherClient, name));
        race = new Race(test.getTestMethod().orElseThrow().getName());
    }

    @AfterEach
    void tell() {
        race.close();
    }

    // ---- what people and sweeps ask for, against the worker

    @Test
    void restartAgainstCompletion() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var claim = frozen(round);
            var archive = archiveOf(claim);

            var finish = race.run(
                    () -> others.restart(claim.jobId()), () -> unlessLost(() -> jobs.complete(claim, archive)));

            var job = find(claim);
            if (finish.second().isPresent()) {
                assertThat(finish.first()).isEqualTo(new Change.Refused(job));
                assertCompleted(job, claim, archive);
                race.count("completed");
            } else {
                assertThat(finish.first()).isEqualTo(new Change.Changed(job));
                assertThat(job.status()).isEqualTo(QUEUED);
                assertThat(job.gen()).isEqualTo(1);
                assertDiscarded(job, claim);
                race.count("restarted");
            }
            assertSound();
        }
    }

    @Test
    void cancelAgainstCompletion() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var claim = frozen(round);
            var archive = archiveOf(claim);

            var finish =
                    race.run(() -> others.cancel(claim.jobId()), () -> unlessLost(() -> jobs.complete(claim, archive)));

            var job = find(claim);
            if (finish.second().isPresent()) {
                assertThat(finish.first()).isEqualTo(new Change.Refused(job));
                assertCompleted(job, claim, archive);
                race.count("completed");
            } else {
                assertThat(finish.first()).isEqualTo(new Change.Changed(job));
                assertThat(job.status()).isEqualTo(CANCELLED);
                assertDiscarded(job, claim);
                race.count("cancelled");
            }
            assertSound();
        }
    }

    @Test
    void expiryAgainstFinalisation() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var claim = uploading(round);
            var archive = archiveOf(claim);

            var finish = race.run(() -> others.expire(claim.jobId(), LAPSED), () -> {
                var frozen = unlessLost(() -> jobs.commit(claim, part(1, claim, true)));
                return new Finalisation(
                        frozen.isPresent(),
                        frozen.flatMap(it -> unlessLost(() -> jobs.complete(it, archive)))
                                .isPresent());
            });

            var job = find(claim);
            if (finish.second().completed()) {
                assertThat(finish.first()).isEqualTo(new Change.Refused(job));
                assertCompleted(job, claim, archive);
                race.count("completed");
            } else {
                assertThat(finish.first()).isEqualTo(new Change.Changed(job));
                assertThat(job.status()).isEqualTo(EXPIRED);
                assertDiscarded(job, claim);
                race.count(finish.second().froze() ? "expired when frozen" : "expired before");
            }
            assertSound();
        }
    }

    private record Finalisation(boolean froze, boolean completed) {}

    @Test
    void cancelAgainstCommit() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var claim = uploading(round);

            var finish = race.run(
                    () -> others.cancel(claim.jobId()),
                    () -> unlessLost(() -> jobs.commit(claim, part(1, claim, false))));

            var job = find(claim);
            assertThat(finish.first()).isEqualTo(new Change.Changed(job));
            assertThat(job.status()).isEqualTo(CANCELLED);
            assertDiscarded(job, claim);
            assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.commit(claim, part(2, claim, false)));
            assertThat(find(claim)).isEqualTo(job);
            race.count(finish.second().isPresent() ? "committed, then cancelled" : "cancelled before");
            assertSound();
        }
    }

    @Test
    void cancelAgainstTheBeginningOfAnUpload() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var claim = claimed(round);
            var key = "key-" + round;

            var finish = race.run(
                    () -> others.cancel(claim.jobId()), () -> unlessLost(() -> jobs.beginUpload(claim, key, "upload")));

            var job = find(claim);
            assertThat(finish.first()).isEqualTo(new Change.Changed(job));
            assertThat(job.status()).isEqualTo(CANCELLED);
            assertThat(job.checkpoint()).isEqualTo(Checkpoint.EMPTY);
            if (finish.second().isPresent()) {
                begun++;
                assertThat(job.garbage()).containsExactly(new Garbage(key, "upload"));
                race.count("begun, then cancelled");
            } else {
                assertThat(job.garbage()).isEmpty();
                race.count("cancelled before");
            }
            assertSound();
        }
    }

    // ---- people against each other

    @Test
    void restartAgainstRestart() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var claim = uploading(round);

            var finish = race.run(() -> jobs.restart(claim.jobId()), () -> others.restart(claim.jobId()));

            var job = find(claim);
            assertThat(List.of(
                            changed(finish.first()).gen(),
                            changed(finish.second()).gen()))
                    .containsExactlyInAnyOrder(1, 2);
            assertThat(job.gen()).isEqualTo(2);
            assertThat(job.epoch()).isEqualTo(claim.epoch() + 2);
            assertThat(job.garbage()).containsExactly(uploadOf(claim));
            race.count(changed(finish.first()).gen() == 1 ? "one, other" : "other, one");
            assertSound();
        }
    }

    @Test
    void twoReplicasAcceptTheSameRequest() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var one = request(round);
            var other = request(round);

            var finish = race.run(() -> jobs.create(one), () -> others.create(other));

            var oneWins = finish.first() instanceof Creation.Created;
            var winner = jobs.find((oneWins ? one : other).id()).orElseThrow();
            assertThat(List.of(finish.first(), finish.second()))
                    .containsExactlyInAnyOrder(new Creation.Created(winner), new Creation.Duplicate(winner));
            assertThat(jobs.find((oneWins ? other : one).id())).isEmpty();
            race.count(oneWins ? "one" : "other");
            assertSound();
        }
    }

    @Test
    void oneRequestIsHeardTwice() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var request = request(round);

            var finish = race.run(() -> jobs.create(request), () -> others.create(request));

            var job = jobs.find(request.id()).orElseThrow();
            assertThat(List.of(finish.first(), finish.second()))
                    .containsExactlyInAnyOrder(new Creation.Created(job), new Creation.IdTaken(job.id()));
            race.count(finish.first() instanceof Creation.Created ? "one" : "other");
            assertSound();
        }
    }

    @Test
    void resumeAgainstANewEqualRequest() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var failed = failed(round);
            var equal = request(round);

            var finish = race.run(() -> jobs.resume(failed.id()), () -> others.create(equal));

            if (finish.second() instanceof Creation.Created created) {
                assertThat(finish.first()).isEqualTo(new Change.Duplicate(created.job()));
                assertThat(find(failed.id())).isEqualTo(failed);
                race.count("created");
            } else {
                var resumed = find(failed.id());
                assertThat(finish.first()).isEqualTo(new Change.Changed(resumed));
                assertThat(finish.second()).isEqualTo(new Creation.Duplicate(resumed));
                assertResumed(resumed, failed);
                assertThat(jobs.find(equal.id())).isEmpty();
                race.count("resumed");
            }
            assertSound();
        }
    }

    @Test
    void deleteAgainstResume() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var failed = failed(round);

            var finish = race.run(() -> jobs.delete(failed.id()), () -> others.resume(failed.id()));

            if (finish.first() instanceof Change.Changed) {
                assertThat(finish.second()).isEqualTo(new Change.NotFound(failed.id()));
                assertThat(jobs.find(failed.id())).isEmpty();
                assertThat(new JobQueries(mongo).withGarbage())
                        .contains(new JobGarbage(failed.id(), List.of(uploadOf(new Claim(failed)))));
                race.count("deleted");
            } else {
                var resumed = find(failed.id());
                assertThat(finish.first()).isEqualTo(new Change.Refused(resumed));
                assertThat(finish.second()).isEqualTo(new Change.Changed(resumed));
                assertResumed(resumed, failed);
                race.count("resumed");
            }
            assertSound();
        }
    }

    // ---- workers against each other

    @Test
    void twoWorkersClaimTheSameJob() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var job = create(round);

            var finish =
                    race.run(() -> jobs.claim(job.id(), "one", LEASE), () -> others.claim(job.id(), "other", LEASE));

            var oneWins = finish.first().isPresent();
            assertThat(finish.second().isPresent()).isNotEqualTo(oneWins);
            assertClaimed(find(job.id()), job, oneWins ? "one" : "other");
            race.count(oneWins ? "one" : "other");
            assertSound();
        }
    }

    @Test
    void twoWorkersClaimTheOldestJob() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var job = create(round);

            var finish = race.run(
                    () -> jobs.claimOldest("one", LEASE, NO_GRACE), () -> others.claimOldest("other", LEASE, NO_GRACE));

            var oneWins = finish.first().isPresent();
            assertThat(finish.second().isPresent()).isNotEqualTo(oneWins);
            assertClaimed(find(job.id()), job, oneWins ? "one" : "other");
            race.count(oneWins ? "one" : "other");
            assertSound();
        }
    }

    @Test
    void twoWorkersTakeOverAJobThatWasGivenBack() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var claim = uploading(round);
            jobs.release(claim);
            var given = find(claim);

            var finish = race.run(
                    () -> jobs.claim(given.id(), "one", LEASE), () -> others.claimOldest("other", LEASE, NO_GRACE));

            var oneWins = finish.first().isPresent();
            assertThat(finish.second().isPresent()).isNotEqualTo(oneWins);
            assertClaimed(find(given.id()), given, oneWins ? "one" : "other");
            race.count(oneWins ? "by id" : "as the oldest");
            assertSound();
        }
    }

    @Test
    void takeoverAgainstTheLastCommitOfTheOldWorker() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var claim = uploading(round);

            var finish = race.run(
                    () -> others.claim(claim.jobId(), "other", LAPSED).orElseThrow(),
                    () -> unlessLost(() -> jobs.commit(claim, part(1, claim, false))));

            var taken = finish.first().job();
            assertThat(taken.checkpoint().seq()).isEqualTo(finish.second().isPresent() ? 1 : 0);
            assertThat(find(claim)).isEqualTo(taken);
            assertClaimed(taken, claim.job(), "other");
            assertThat(jobs.filesOf(taken)).hasSize(taken.checkpoint().seq());
            race.count(finish.second().isPresent() ? "committed, then taken over" : "taken over before");
            assertSound();
        }
    }

    // ---- what must hold

    private void assertCompleted(ExportJob job, Claim by, Attachment archive) {
        assertThat(job.status()).isEqualTo(COMPLETED);
        assertThat(job.attachment()).isEqualTo(archive);
        assertThat(job.garbage()).isEmpty();
        assertThat(job.epoch()).isEqualTo(by.epoch());
        assertThat(job.gen()).isZero();
    }

    /** Nothing is left of what the claim had uploaded but the garbage, and the claim is worth nothing. */
    private void assertDiscarded(ExportJob job, Claim claim) {
        assertThat(job.epoch()).isEqualTo(claim.epoch() + 1);
        assertThat(job.checkpoint()).isEqualTo(Checkpoint.EMPTY);
        assertThat(job.garbage()).containsExactly(uploadOf(claim));
        assertThat(job.lease()).isNull();
        assertThatExceptionOfType(ClaimLost.class).isThrownBy(() -> jobs.renew(claim, 1));
    }

    private static void assertResumed(ExportJob resumed, ExportJob failed) {
        assertThat(resumed.status()).isEqualTo(QUEUED);
        assertThat(resumed.epoch()).isEqualTo(failed.epoch() + 1);
        assertThat(resumed.checkpoint()).isEqualTo(failed.checkpoint());
        assertThat(resumed.garbage()).isEmpty();
        assertThat(resumed.failure()).isNull();
    }

    private static void assertClaimed(ExportJob claimed, ExportJob before, String worker) {
        assertThat(claimed.status()).isEqualTo(EXPORTING);
        assertThat(claimed.epoch()).isEqualTo(before.epoch() + 1);
        assertThat(Objects.requireNonNull(claimed.lease()).worker()).isEqualTo(worker);
    }

    /** What holds for all jobs at any time, whatever has happened to them. */
    private void assertSound() {
        var liveKeys = new ArrayList<String>();
        var uploads = new ArrayList<String>();
        for (var stored : mongo.getCollection(ExportJob.COLLECTION).find()) {
            uploads.addAll(uploadsIn(stored));
            var status = JobStatus.of(stored.getString("status"));
            var liveKey = stored.getString("liveKey");
            assertThat(liveKey != null).as("live key of %s", stored).isEqualTo(status.isLive());
            if (liveKey != null) {
                liveKeys.add(liveKey);
            }
            assertThat(stored.containsKey("lease"))
                    .as("lease of %s", stored)
                    .isEqualTo(status.isLive() && status != QUEUED);
            assertThat(stored.containsKey("endedAt")).as("end of %s", stored).isEqualTo(status.isFinished());
            assertThat(stored.containsKey("attachment"))
                    .as("attachment of %s", stored)
                    .isEqualTo(status == COMPLETED);
        }
        assertThat(liveKeys).as("live jobs").doesNotHaveDuplicates();
        assertThat(uploads)
                .as("uploads that are referred to")
                .doesNotHaveDuplicates()
                .hasSize(begun);
    }

    private static List<String> uploadsIn(Document stored) {
        var uploads = new ArrayList<String>();
        var checkpoint = stored.get("checkpoint", new Document());
        if (checkpoint.containsKey("uploadId")) {
            uploads.add(checkpoint.getString("key"));
        }
        stored.getList("garbage", Document.class).forEach(garbage -> uploads.add(garbage.getString("key")));
        return uploads;
    }

    // ---- how the tests speak

    private static NewJob request(int round) {
        var id = new ObjectId().toHexString();
        var selection = new Selection(null, "db", "activities", "user", "action", "createdAt");
        return new NewJob(id, "alice", LogFilters.NONE, selection, "hash-" + round, ArchiveFormat.JSON, null);
    }

    private ExportJob create(int round) {
        return ((Creation.Created) jobs.create(request(round))).job();
    }

    private Claim claimed(int round) {
        return jobs.claim(create(round).id(), "w", LEASE).orElseThrow();
    }

    private Claim uploading(int round) {
        begun++;
        return jobs.beginUpload(claimed(round), "key-" + round, "upload");
    }

    private Claim frozen(int round) {
        var claim = uploading(round);
        return jobs.commit(claim, part(1, claim, true));
    }

    private ExportJob failed(int round) {
        var claim = uploading(round);
        return jobs.fail(jobs.commit(claim, part(1, claim, false)), new Failure("c", "m"));
    }

    private static Commit part(int n, Claim claim, boolean last) {
        var id = new BsonInt32(n);
        var file = new ArchivedFile(
                "file-" + n, 1, 2, 3, 4, 10, id, id, "sha", List.of(new IdRun(IdKind.NUMBER, 10)), InvalidRecords.NONE);
        var part = new UploadedPart(n, "etag-" + n, "crc", 100, claim.epoch());
        return new Commit(
                part, List.of(file), id, 10L * n, 100L * n, "digest", n, last ? SomeManifest.of(claim) : null);
    }

    private static Attachment archiveOf(Claim claim) {
        return new Attachment("bucket", uploadOf(claim).key(), "a.zip", 100, "etag", "sha", Instant.EPOCH);
    }

    private static Garbage uploadOf(Claim claim) {
        var checkpoint = claim.job().checkpoint();
        return new Garbage(Objects.requireNonNull(checkpoint.key()), Objects.requireNonNull(checkpoint.uploadId()));
    }

    private static ExportJob changed(Change change) {
        return ((Change.Changed) change).job();
    }

    private ExportJob find(Claim claim) {
        return find(claim.jobId());
    }

    private ExportJob find(String id) {
        return jobs.find(id).orElseThrow();
    }
}
