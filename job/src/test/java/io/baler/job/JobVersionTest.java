package io.baler.job;

import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.UPLOADING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.BsonInt32;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Versions of Baler share one collection of jobs: what an earlier one has written goes on, what a newer one has written is
 * left to it. The documents are as the version before this rule wrote them, each by the services themselves.
 */
class JobVersionTest {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(-1000);
    private static final Engine ENGINE = new Engine("e", "d", 6, 10, 100, 1000, null);
    private static final Instant FAR_AHEAD = Instant.parse("2100-01-01T00:00:00Z");

    @RegisterExtension
    private static final FreshDatabases databases = new FreshDatabases();

    private MongoTemplate mongo;
    private JobStore jobs;
    private JobQueries found;
    private JobSummaries summaries;

    @BeforeEach
    void freshDatabase() {
        mongo = databases.next();
        jobs = new JobStore(mongo);
        found = new JobQueries(mongo);
        summaries = new JobSummaries(mongo);
    }

    // ---- earlier ones

    @ParameterizedTest
    @ValueSource(
            strings = {"queued", "exporting", "uploading", "completed", "no-results", "failed", "refused", "cancelled"})
    void aJobOfAnEarlierVersionIsReadToItsLastMember(String name) {
        var stored = earlier(name);

        var job = find(stored);

        var written = new Document();
        mongo.getConverter().write(job, written);
        assertThat(written.toBsonDocument())
                .isEqualTo(without(stored, "requesterSeat").toBsonDocument());
        assertThat(job.status().value()).isEqualTo(stored.getString("status"));
        assertThat(summaries.find(job.id())).contains(job.summary());
    }

    @Test
    void oneThatWaitsIsClaimedAndFinished() {
        var stored = earlier("queued");

        var claim = claim(stored);

        assertThat(claim.job().filters().usernames()).containsExactly("ann");
        assertThat(claim.job().format()).isEqualTo(ArchiveFormat.CSV);
        claim = jobs.fixResultSet(claim, new Bounds(new BsonInt32(7)), 1L, ENGINE);
        claim = jobs.beginUpload(jobs.linkToChain(claim), "key", "upload");
        claim = jobs.commit(claim, part(1, claim, true));
        assertThat(jobs.complete(claim, archive()).status()).isEqualTo(COMPLETED);
    }

    @Test
    void oneWhoseWorkerIsGoneGoesOnBehindItsCheckpoint() {
        var stored = earlier("exporting");
        parts("exporting");

        var claim = jobs.claimOldest("present", LEASE, AT_ONCE).orElseThrow();

        assertThat(claim.jobId()).isEqualTo(stored.getString("_id"));
        goesOnBehindItsCheckpoint(claim);
    }

    @Test
    void oneThatFailedIsResumedBehindItsCheckpoint() {
        var stored = earlier("failed");
        parts("failed");

        assertThat(jobs.resume(stored.getString("_id"))).isInstanceOf(Change.Changed.class);

        goesOnBehindItsCheckpoint(claim(stored));
    }

    private void goesOnBehindItsCheckpoint(Claim claim) {
        assertThat(claim.job().checkpoint().seq()).isOne();
        assertThat(claim.job().checkpoint().totalExportedCount()).isEqualTo(650);
        assertThat(jobs.filesOf(claim.job())).hasSize(13);
        assertThat(jobs.linkToChain(claim)).as("has its place already").isEqualTo(claim);
        var ended = jobs.complete(jobs.commit(claim, part(2, claim, true)), archive());
        assertThat(ended.status()).isEqualTo(COMPLETED);
        assertThat(ended.checkpoint().parts()).hasSize(2);
    }

    @Test
    void oneThatIsFrozenIsOnlyCompleted() {
        var claim = claim(earlier("uploading"));

        assertThat(claim.job().status()).isEqualTo(UPLOADING);
        assertThat(jobs.isLinked(claim)).isTrue();
        assertThat(jobs.complete(claim, archive()).finalManifest()).isPresent();
    }

    @Test
    void theManifestOfOneIsFollowedByTheNext() {
        var before = find(earlier("completed"));
        var next = new NewJob(
                "000000000000000000000001",
                before.requestedBy(),
                before.filters(),
                before.selection(),
                before.filterHash(),
                before.format(),
                null);
        jobs.create(next);

        var link = jobs.linkToChain(jobs.claim(next.id(), "present", LEASE).orElseThrow())
                .job()
                .link();

        assertThat(link)
                .isEqualTo(new ChainLink(2, before.finalManifest().orElseThrow().sha256(), before.id()));
    }

    @Test
    void whatOneLeftIsSweptAndWhatWasRefusedOrDeletedStaysSo() {
        var cancelled = earlier("cancelled");
        var refused = earlier("refused");
        var deleted = earlier("deleted");

        try (var garbage = found.withGarbage()) {
            assertThat(garbage.map(JobGarbage::id)).containsExactly(cancelled.getString("_id"));
        }
        assertThat(jobs.resume(refused.getString("_id"))).isInstanceOf(Change.Refused.class);
        assertThat(jobs.find(deleted.getString("_id"))).isEmpty();
        assertThat(jobs.forbid(deleted.getString("_id"))).as("is a tombstone").isTrue();
    }

    @Test
    void oneThatDoesNotSayItsVersionIsOfTheFirst() {
        var stored = earlier("queued", job -> without(job, JobVersion.FIELD));

        assertThat(find(stored).schemaVersion()).isEqualTo(JobVersion.FIRST);
        assertThat(claim(stored).jobId()).isEqualTo(stored.getString("_id"));
    }

    // ---- what is not known

    @Test
    void membersThatAreNotKnownAreLeftAsTheyAreAndGoWithTheJob() {
        var stored = earlier("failed", job -> {
            job.get("filters", Document.class).append("future", 1);
            return new Document(job).append("future", new Document("x", List.of(1, "two")));
        });
        var id = stored.getString("_id");

        jobs.resume(id);
        jobs.restart(id);
        var claim = jobs.fixResultSet(claim(stored), new Bounds(null), 0L, ENGINE);
        jobs.renew(claim, 5);
        jobs.fail(claim, new Failure("code", "message"));

        assertThat(raw(id).get("future")).isEqualTo(stored.get("future"));
        assertThat(raw(id).get("filters")).isEqualTo(stored.get("filters"));
        jobs.delete(id);
        assertThat(raw(id)).containsOnlyKeys("_id", "status", "garbage", "partsLeft", "buriedAt");
    }

    // ---- newer ones

    private static List<String> live() {
        return List.of("queued", "exporting", "uploading");
    }

    @ParameterizedTest
    @MethodSource("live")
    void aJobOfANewerVersionIsNotClaimedNorInTheWayOfOthers(String name) {
        var newer = newer(name);
        var next = earlier(
                "queued",
                job -> new Document(job)
                        .append("_id", "000000000000000000000001")
                        .append("liveKey", "other")
                        .append("requesterSeat", "9 auditor")
                        .append("liveSince", new Date()));

        assertThat(jobs.claim(newer.getString("_id"), "present", LEASE)).isEmpty();
        assertThat(jobs.claimOldest("present", LEASE, AT_ONCE))
                .hasValueSatisfying(claim -> assertThat(claim.jobId()).isEqualTo(next.getString("_id")));
        assertThat(jobs.claimOldest("present", LEASE, AT_ONCE)).isEmpty();

        assertThat(raw(newer.getString("_id"))).isEqualTo(newer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"queued", "exporting", "uploading", "completed", "no-results", "failed", "refused", "cancelled"})
    void aJobOfANewerVersionIsShownAndNothingElse(String name) {
        var newer = newer(name);
        var id = newer.getString("_id");

        for (var change : List.<Function<String, Object>>of(
                jobs::find,
                jobs::restart,
                jobs::cancel,
                jobs::resume,
                jobs::delete,
                jobs::releaseAttachment,
                job -> jobs.expire(job, AT_ONCE))) {
            assertThatExceptionOfType(NewerJob.class)
                    .isThrownBy(() -> change.apply(id))
                    .withMessage("export " + id + " is of schemaVersion 2, this Baler knows 1; nothing was changed");
        }

        assertThat(raw(id)).isEqualTo(newer);
        assertThat(summaries.find(id))
                .hasValueSatisfying(shown -> assertThat(shown.status().value()).isEqualTo(newer.getString("status")));
    }

    @Test
    void noSweepFindsAJobOfANewerVersionAndEachIsToldThatThereIsOne() {
        Stream.of("queued", "completed", "failed", "cancelled", "no-results").forEach(this::newer);
        mongo.getCollection(ExportJob.COLLECTION).updateMany(new Document(), set("announced", false));

        assertThat(found.overdue(AT_ONCE)).isEmpty();
        assertThat(found.completedBefore(FAR_AHEAD)).isEmpty();
        assertThat(found.endedWithoutResultBefore(FAR_AHEAD)).isEmpty();
        assertThat(found.unannounced(AT_ONCE)).isEmpty();
        assertThat(found.withGarbage()).isEmpty();
        assertThat(found.hasNewer()).isTrue();
    }

    @Test
    void theEqualOfALiveJobOfANewerVersionIsNotCreatedBesideIt() {
        var newer = newer("queued");
        var equal = new NewJob(
                "000000000000000000000001",
                newer.getString("requestedBy"),
                LogFilters.NONE,
                new Selection(null, "db", "activities", "user", "action", "createdAt"),
                newer.getString("filterHash"),
                ArchiveFormat.CSV,
                null);

        assertThatExceptionOfType(NewerJob.class)
                .isThrownBy(() -> jobs.create(equal))
                .satisfies(why -> assertThat(why.jobId()).isEqualTo(newer.getString("_id")));

        assertThat(jobs.find(equal.id())).isEmpty();
    }

    // ---- documents

    private Document earlier(String name) {
        return earlier(name, job -> job);
    }

    private Document earlier(String name, Function<Document, Document> as) {
        var job = as.apply(Document.parse(text(name + ".json")));
        mongo.getCollection(ExportJob.COLLECTION).insertOne(job);
        return raw(job.getString("_id"));
    }

    private Document newer(String name) {
        return earlier(
                name,
                job -> new Document(job)
                        .append(JobVersion.FIELD, JobVersion.CURRENT + 1)
                        .append("engine", "in another form"));
    }

    private void parts(String name) {
        text(name + "-parts.ndjson")
                .lines()
                .forEach(part -> mongo.getCollection(PartStore.COLLECTION).insertOne(Document.parse(part)));
    }

    private static String text(String file) {
        try (var stored = JobVersionTest.class.getResourceAsStream("/jobs-of-version-1/" + file)) {
            return new String(Objects.requireNonNull(stored, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Document raw(String id) {
        return Objects.requireNonNull(mongo.getCollection(ExportJob.COLLECTION)
                .find(new Document("_id", id))
                .first());
    }

    private static Document without(Document job, String field) {
        var less = new Document(job);
        less.remove(field);
        return less;
    }

    private static Document set(String field, Object value) {
        return new Document("$set", new Document(field, value));
    }

    // ---- jobs

    private ExportJob find(Document stored) {
        return jobs.find(stored.getString("_id")).orElseThrow();
    }

    private Claim claim(Document stored) {
        return jobs.claim(stored.getString("_id"), "present", LEASE).orElseThrow();
    }

    private static Commit part(int n, Claim claim, boolean last) {
        var part = new UploadedPart(n, "etag", "crc", 100, claim.epoch());
        return new Commit(
                part, List.of(), new BsonInt32(7), 10, 100, "digest", n, last ? SomeManifest.of(claim) : null);
    }

    private static Attachment archive() {
        return new Attachment("bucket", "key", "a.zip", 100, "etag", "sha", FAR_AHEAD);
    }
}
