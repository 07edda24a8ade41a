package io.baler.job;

import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.UPLOADING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;

/**
 * Each manifest names the one before it, whatever happens to the exports: a gap must show.
 *
 * <p>Each guard was taken out of ManifestChain and JobStore by hand, one at a time, and these tests and {@link
 * JobStoreTest} were run. What failed:
 *
 * <table>
 * <caption>Which test needs which guard</caption>
 * <tr><th>without</th><th>fails</th></tr>
 * <tr><td>the requester in the look at completed jobs</td><td>{@link
 * #anotherRequesterAndAnotherFilterOrFormatHaveChainsOfTheirOwn}, {@link
 * #theChainOutlivesItsExportsAndTheirTombstones}</td></tr>
 * <tr><td>the filters in it</td><td>{@link #anotherRequesterAndAnotherFilterOrFormatHaveChainsOfTheirOwn}, {@link
 * #ofConcurrentWorkNoTwoManifestsOfAChainShareAPosition}, {@link #twoDeletionsInOneChain}</td></tr>
 * <tr><td>the status in it</td><td>{@link #whatWasNotCompletedIsNoLink} and nearly all others, for a job would
 * follow itself</td></tr>
 * <tr><td>its demand for a manifest</td><td>{@link #whatAnOlderVersionCompletedWithoutAManifestIsNoLink}</td></tr>
 * <tr><td>its order</td><td>{@link #theNextEqualExportNamesTheManifestBeforeItsOwnAndWhoseItIs}</td></tr>
 * <tr><td>the look at deleted jobs</td><td>{@link #theChainOutlivesItsExportsAndTheirTombstones}, {@link
 * #aLaterDeletionMovesWhatIsRememberedOn}, {@link
 * #whatIsRememberedOfADeletedExportMayBeLaterThanTheOnesThatAreThere} and others</td></tr>
 * <tr><td>the later one of both looks, instead of the first</td><td>{@link
 * #whatIsRememberedOfADeletedExportMayBeLaterThanTheOnesThatAreThere}</td></tr>
 * <tr><td>the order of both looks</td><td>{@link #anExportThatIsDeletedWhileTheNextOneLooksForItIsFoundEitherWay},
 * {@link #deletionOfTheLastOneAgainstTheLinkOfTheNext}</td></tr>
 * <tr><td>the position in {@code remember}</td><td>{@link
 * #aManifestThatIsRememberedOfADeletedExportIsNotPutBackByAnEarlierOne}, {@link #twoDeletionsInOneChain}</td></tr>
 * <tr><td>the status in {@code remember}</td><td>{@link #whatWasNeverCompletedIsForgottenWithItsDeletion}</td></tr>
 * <tr><td>remembering before the job is buried, instead of behind</td><td>{@link
 * #deletionOfTheLastOneAgainstTheLinkOfTheNext}</td></tr>
 * <tr><td>linking anew what is linked already</td><td>{@link
 * #aFailedExportThatIsResumedBehindAnEqualOneIsLinkedAnew}, {@link
 * #aFrozenExportThatIsResumedBehindAnEqualOneIsFoundNotToBeLinked}, {@link
 * #ofConcurrentWorkNoTwoManifestsOfAChainShareAPosition}</td></tr>
 * <tr><td>the comparison in {@code isLinked}</td><td>{@link
 * #aFrozenExportThatIsResumedBehindAnEqualOneIsFoundNotToBeLinked}, {@link
 * #ofConcurrentWorkNoTwoManifestsOfAChainShareAPosition}</td></tr>
 * <tr><td>the manifest's going with what is discarded</td><td>{@link #aRestartClearsTheManifestAndKeepsTheLink},
 * {@link #whatIsMadeAgainBecauseItsUploadIsLostKeepsItsLinkToo}</td></tr>
 * </table>
 */
class ManifestChainTest {
    private static final int ROUNDS =
            System.getProperty("baler.effort", "short").equals("long") ? 200 : 20;
    private static final Duration LEASE = Duration.ofHours(1);

    @RegisterExtension
    private static final FreshDatabases databases = new FreshDatabases();

    private MongoTemplate mongo;
    private JobStore jobs;

    @BeforeEach
    void freshDatabase() {
        mongo = databases.next();
        jobs = new JobStore(mongo);
    }

    // ---- who is linked to whom

    @Test
    void theFirstManifestOfAChainHasPositionOneAndNamesNone() {
        var first = completed("alice", "hash");

        assertThat(first.link()).isEqualTo(new ChainLink(1, null, null));
        assertThat(first.manifest()).isEqualTo(SomeManifest.at(1, first.id()));
    }

    @Test
    void theNextEqualExportNamesTheManifestBeforeItsOwnAndWhoseItIs() {
        var first = completed("alice", "hash");
        var second = completed("alice", "hash");
        var third = completed("alice", "hash");

        assertThat(second.link()).isEqualTo(behind(1, first));
        assertThat(third.link()).isEqualTo(behind(2, second));
    }

    @Test
    void anotherRequesterAndAnotherFilterOrFormatHaveChainsOfTheirOwn() {
        completed("alice", "hash");

        assertThat(completed("bob", "hash").link()).isEqualTo(ChainLink.FIRST);
        // the format is part of the hash, see FilterHashTest
        assertThat(completed("alice", "hash of another").link()).isEqualTo(ChainLink.FIRST);
    }

    @Test
    void anExportThatFoundNothingIsALinkLikeAnyOther() {
        var claim = jobs.linkToChain(claim(create("alice", "hash")));
        var first = jobs.completeWithoutMatch(claim, SomeManifest.of(claim));

        assertThat(first.manifest()).isEqualTo(SomeManifest.at(1, first.id()));
        assertThat(completed("alice", "hash").link()).isEqualTo(behind(1, first));
    }

    @Test
    void whatWasNotCompletedIsNoLink() {
        jobs.fail(frozen("alice", "hash"), new Failure("c", "m"));
        jobs.cancel(frozen("alice", "hash").jobId());
        jobs.expire(frozen("alice", "hash").jobId(), Duration.ofSeconds(-1));

        assertThat(completed("alice", "hash").link()).isEqualTo(ChainLink.FIRST);
    }

    @Test
    void whatAnOlderVersionCompletedWithoutAManifestIsNoLink() {
        jobs.complete(claim(create("alice", "hash")), archive());

        assertThat(completed("alice", "hash").link()).isEqualTo(ChainLink.FIRST);
    }

    // ---- deletion

    @Test
    void theChainOutlivesItsExportsAndTheirTombstones() {
        completed("alice", "hash");
        var second = completed("alice", "hash");
        var bobs = completed("bob", "hash");
        deleteAllWithTombstones();

        assertThat(completed("alice", "hash").link()).isEqualTo(behind(2, second));
        assertThat(completed("bob", "hash").link()).isEqualTo(behind(1, bobs));
    }

    @Test
    void aManifestThatIsRememberedOfADeletedExportIsNotPutBackByAnEarlierOne() {
        var first = completed("alice", "hash");
        var second = completed("alice", "hash");
        jobs.delete(second.id());
        jobs.delete(first.id());

        assertThat(completed("alice", "hash").link()).isEqualTo(behind(2, second));
    }

    @Test
    void anExportThatIsThereIsLaterThanWhatIsRememberedOfDeletedOnes() {
        var first = completed("alice", "hash");
        var second = completed("alice", "hash");
        jobs.delete(first.id());

        assertThat(completed("alice", "hash").link()).isEqualTo(behind(2, second));
    }

    @Test
    void whatIsRememberedOfADeletedExportMayBeLaterThanTheOnesThatAreThere() {
        completed("alice", "hash");
        var second = completed("alice", "hash");
        jobs.delete(second.id());

        assertThat(completed("alice", "hash").link()).isEqualTo(behind(2, second));
    }

    @Test
    void aLaterDeletionMovesWhatIsRememberedOn() {
        jobs.delete(completed("alice", "hash").id());
        var second = completed("alice", "hash");
        jobs.delete(second.id());

        assertThat(completed("alice", "hash").link()).isEqualTo(behind(2, second));
    }

    @Test
    void anExportWhoseArchiveHasExpiredStillCounts() {
        var first = completed("alice", "hash");
        jobs.releaseAttachment(first.id());
        assertThat(find(first.id()).manifest()).isEqualTo(first.manifest());

        var second = completed("alice", "hash");
        jobs.delete(first.id());
        jobs.delete(second.id());

        assertThat(second.link()).isEqualTo(behind(1, first));
        assertThat(completed("alice", "hash").link()).isEqualTo(behind(2, second));
    }

    @Test
    void whatWasNeverCompletedIsForgottenWithItsDeletion() {
        var failed = jobs.fail(frozen("alice", "hash"), new Failure("c", "m"));
        jobs.delete(failed.id());

        assertThat(mongo.getCollection(ManifestChain.COLLECTION).countDocuments())
                .isZero();
    }

    @Test
    void anExportThatIsDeletedWhileTheNextOneLooksForItIsFoundEitherWay() {
        var first = completed("alice", "hash");
        var claim = claim(create("alice", "hash"));
        var slow = new JobStore(new ActingBetween(mongo, () -> jobs.delete(first.id())));

        assertThat(slow.linkToChain(claim).job().link()).isEqualTo(behind(1, first));
    }

    // ---- beginning anew

    @Test
    void whoIsLinkedAlreadyStaysWhereItIs() {
        var claim = jobs.linkToChain(claim(create("alice", "hash")));

        assertThat(jobs.linkToChain(claim)).isSameAs(claim);
        assertThat(jobs.isLinked(claim)).isTrue();
    }

    @Test
    void aRestartClearsTheManifestAndKeepsTheLink() {
        var first = completed("alice", "hash");
        var claim = frozen("alice", "hash");
        assertThat(claim.job().manifest()).isEqualTo(SomeManifest.at(2, claim.jobId()));

        var restarted = changed(jobs.restart(claim.jobId()));

        assertThat(restarted.manifest()).isNull();
        assertThat(restarted.link()).isEqualTo(behind(1, first));
    }

    @Test
    void whatIsMadeAgainBecauseItsUploadIsLostKeepsItsLinkToo() {
        var claim = frozen("alice", "hash");

        var again = jobs.regenerate(claim);

        assertThat(again.job().manifest()).isNull();
        assertThat(again.job().link()).isEqualTo(ChainLink.FIRST);
    }

    @Test
    void aFailedExportThatIsResumedBehindAnEqualOneIsLinkedAnew() {
        var begun = jobs.linkToChain(claim(create("alice", "hash")));
        var failed = jobs.fail(begun, new Failure("c", "m"));
        var equal = completed("alice", "hash");

        var resumed = jobs.linkToChain(claim(resumed(failed)));

        assertThat(resumed.job().link()).isEqualTo(behind(1, equal));
    }

    @Test
    void aFrozenExportThatIsResumedBehindAnEqualOneIsFoundNotToBeLinked() {
        var failed = jobs.fail(frozen("alice", "hash"), new Failure("c", "m"));
        var equal = completed("alice", "hash");

        var resumed = claim(resumed(failed));

        assertThat(resumed.job().status()).isEqualTo(UPLOADING);
        assertThat(jobs.isLinked(resumed)).isFalse();
        var again = jobs.linkToChain(jobs.regenerate(resumed));
        assertThat(jobs.isLinked(again)).isTrue();
        assertThat(again.job().link()).isEqualTo(behind(1, equal));
    }

    @Test
    void aFrozenExportThatIsResumedAloneIsLinkedAsItWas() {
        completed("alice", "hash");
        var failed = jobs.fail(frozen("alice", "hash"), new Failure("c", "m"));

        assertThat(jobs.isLinked(claim(resumed(failed)))).isTrue();
    }

    // ---- two at the same moment

    @Test
    void ofConcurrentWorkNoTwoManifestsOfAChainShareAPosition() throws Exception {
        try (var race = new Race("ofConcurrentWorkNoTwoManifestsOfAChainShareAPosition")) {
            for (int round = 0; round < ROUNDS; round++) {
                var hash = "hash-" + round;
                var failed = jobs.fail(frozen("alice", hash), new Failure("c", "m"));

                var finish =
                        race.run(() -> finished(claim(resumed(failed))), () -> finished(claim(create("alice", hash))));

                if (finish.first().link().equals(ChainLink.FIRST)) {
                    assertThat(finish.second().link()).isEqualTo(behind(1, finish.first()));
                    race.count("the resumed one, then the equal one");
                } else {
                    assertThat(finish.second().link()).isEqualTo(ChainLink.FIRST);
                    assertThat(finish.first().link()).isEqualTo(behind(1, finish.second()));
                    race.count("the equal one, then the resumed one");
                }
            }
        }
    }

    @Test
    void deletionOfTheLastOneAgainstTheLinkOfTheNext() throws Exception {
        try (var race = new Race("deletionOfTheLastOneAgainstTheLinkOfTheNext")) {
            for (int round = 0; round < ROUNDS; round++) {
                var first = completed("alice", "hash-" + round);
                var next = claim(create("alice", "hash-" + round));

                var finish = race.run(
                        () -> {
                            jobs.delete(first.id());
                            return System.nanoTime();
                        },
                        () -> {
                            var linked = jobs.linkToChain(next);
                            assertThat(linked.job().link()).isEqualTo(behind(1, first));
                            return System.nanoTime();
                        });

                race.count(finish.first() < finish.second() ? "deleted, then linked" : "linked, then deleted");
            }
        }
    }

    @Test
    void twoDeletionsInOneChain() throws Exception {
        try (var race = new Race("twoDeletionsInOneChain")) {
            for (int round = 0; round < ROUNDS; round++) {
                var first = completed("alice", "hash-" + round);
                var second = completed("alice", "hash-" + round);

                race.run(() -> jobs.delete(first.id()), () -> jobs.delete(second.id()));

                assertThat(completed("alice", "hash-" + round).link()).isEqualTo(behind(2, second));
                race.count("the later one is remembered");
            }
        }
    }

    // ---- how the tests speak

    private static NewJob request(String requestedBy, String hash) {
        var selection = new Selection(null, "db", "activities", "user", "action", "createdAt");
        var id = new ObjectId().toHexString();
        return new NewJob(id, requestedBy, LogFilters.NONE, selection, hash, ArchiveFormat.JSON, null);
    }

    /** Asks again for as long as an equal one is in the way. */
    private ExportJob create(String requestedBy, String hash) {
        var creation = jobs.create(request(requestedBy, hash));
        return creation instanceof Creation.Created created ? created.job() : create(requestedBy, hash);
    }

    /** The same for what has failed. */
    private ExportJob resumed(ExportJob failed) {
        return jobs.resume(failed.id()) instanceof Change.Changed changed ? changed.job() : resumed(failed);
    }

    private Claim claim(ExportJob job) {
        return jobs.claim(job.id(), "w", LEASE).orElseThrow();
    }

    private Claim frozen(String requestedBy, String hash) {
        return frozen(claim(create(requestedBy, hash)));
    }

    /** What a worker does with it up to the last part. */
    private Claim frozen(Claim claimed) {
        var claim = jobs.beginUpload(jobs.linkToChain(claimed), "key", "upload");
        var part = new UploadedPart(1, "etag", "crc", 100, claim.epoch());
        var id = new BsonInt32(1);
        return jobs.commit(claim, new Commit(part, List.of(), id, 1, 100, "digest", 1, SomeManifest.of(claim)));
    }

    /** What a worker does with it to its end, wherever it stands. */
    private ExportJob finished(Claim claimed) {
        var claim = claimed.job().checkpoint().frozen() ? claimed : frozen(claimed);
        return jobs.isLinked(claim) ? jobs.complete(claim, archive()) : finished(jobs.regenerate(claim));
    }

    private ExportJob completed(String requestedBy, String hash) {
        var completed = finished(claim(create(requestedBy, hash)));
        assertThat(completed.status()).isEqualTo(COMPLETED);
        return completed;
    }

    private static Attachment archive() {
        return new Attachment("bucket", "key", "a.zip", 100, "etag", "sha", Instant.EPOCH);
    }

    private void deleteAllWithTombstones() {
        var all = mongo.getCollection(ExportJob.COLLECTION);
        all.find().forEach(job -> jobs.delete(job.getString("_id")));
        // as MongoDB does when their time is over
        assertThat(all.deleteMany(new Document("status", "deleted")).getDeletedCount())
                .isPositive();
        assertThat(all.countDocuments()).isZero();
    }

    private static ChainLink behind(int position, ExportJob job) {
        var manifest = job.manifest();
        assertThat(manifest.position()).isEqualTo(position);
        return new ChainLink(position + 1, manifest.sha256(), job.id());
    }

    private static ExportJob changed(Change change) {
        return ((Change.Changed) change).job();
    }

    private ExportJob find(String id) {
        return jobs.find(id).orElseThrow();
    }

    /** Lets something happen between two looks. */
    private static final class ActingBetween extends MongoTemplate {
        private final AtomicReference<Runnable> action;

        ActingBetween(MongoTemplate mongo, Runnable action) {
            super(mongo.getMongoDatabaseFactory(), mongo.getConverter());
            this.action = new AtomicReference<>(action);
        }

        @Override
        public <T> T findOne(Query query, Class<T> type, String collection) {
            return act(super.findOne(query, type, collection));
        }

        @Override
        public <T> T findById(Object id, Class<T> type, String collection) {
            return act(super.findById(id, type, collection));
        }

        private <T> T act(T read) {
            action.getAndSet(() -> {}).run();
            return read;
        }
    }
}
