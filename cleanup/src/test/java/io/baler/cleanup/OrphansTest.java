package io.baler.cleanup;

import static io.baler.cleanup.Installation.companionsOf;
import static io.baler.cleanup.Installation.keyInProgress;
import static io.baler.cleanup.Installation.keyOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.Claim;
import io.baler.job.Failure;
import io.baler.job.JobQueries;
import io.baler.job.storage.BucketContents.ListedObject;
import io.baler.job.storage.BucketContents.OpenUpload;
import io.baler.local.LocalStack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;

/** Only what is ours, old, and of no job goes. S3's dates cannot be set, so the clock is. */
@ExtendWith({OnInstallation.class, OutputCaptureExtension.class})
class OrphansTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final String TYPE = "application/zip";

    private final Installation baler;
    private final LocalStack stack;

    OrphansTest(Installation baler, LocalStack stack) {
        this.baler = baler;
        this.stack = stack;
    }

    @BeforeEach
    void clear() {
        baler.clear();
    }

    @Test
    void anUploadThatNoJobRefersToIsAbortedOnceItIsOlderThanADay() {
        baler.bucket.beginUpload(baler.keys.keyOf(baler.queued()), TYPE);
        var begun = uploads().get(0).initiated();

        assertThat(orphansAt(begun.plus(DAY)).run()).isZero();
        assertThat(uploads()).hasSize(1);

        assertThat(orphansAt(begun.plus(DAY).plusMillis(1)).run()).isOne();
        assertThat(uploads()).isEmpty();
    }

    @Test
    void anObjectThatNoJobRefersToIsDeletedOnceItIsOlderThanADay() {
        baler.putObject(baler.keys.keyOf(baler.queued()).replace("/0/", "/7/"));
        var modified = objects().get(0).lastModified();

        assertThat(orphansAt(modified.plus(DAY)).run()).isZero();
        assertThat(objects()).hasSize(1);

        assertThat(orphansAt(modified.plus(DAY).plusMillis(1)).run()).isOne();
        assertThat(objects()).isEmpty();
    }

    @Test
    void aManifestBesideAStreamThatNoJobRefersToIsDeletedOnceItIsOlderThanADay() {
        var stream = baler.keys.keyOf(baler.queued(ArchiveFormat.NDJSON_GZ)).replace("/0/", "/7/");
        companionsOf(stream).forEach(baler::putObject);
        var modified = objects().get(0).lastModified();

        assertThat(orphansAt(modified.plus(DAY)).run()).isZero();
        assertThat(objects()).hasSize(2);

        assertThat(muchLater(baler).run()).isEqualTo(2);
        assertThat(objects()).isEmpty();
    }

    @Test
    void aManifestBesideAStreamThatAJobRefersToStaysHoweverOldItIs() {
        var completed = baler.completedStream();
        // the archive itself is not there yet
        var inTheMaking = baler.frozenStream();
        var failed = baler.frozenStream();
        baler.jobs.fail(new Claim(failed), new Failure("c", "m"));

        assertThat(muchLater(baler).run()).isZero();

        assertThat(List.of(keyOf(completed), keyInProgress(inTheMaking), keyInProgress(failed)))
                .flatMap(Installation::companionsOf)
                .hasSize(6)
                .allMatch(baler::isThere);
    }

    @Test
    void theManifestGoesWithAStreamThatItsJobHasGivenUp() {
        var job = baler.completedStream();
        baler.jobs.releaseAttachment(job.id());

        assertThat(muchLater(baler).run()).isEqualTo(3);

        assertThat(objects()).isEmpty();
    }

    @Test
    void whatAJobRefersToStaysHoweverOldItIs() {
        var exporting = baler.exporting();
        var frozen = baler.frozen();
        var finalised = baler.finalised();
        var completed = baler.completed();
        var failed = baler.failed();
        var cancelled = baler.exporting();
        baler.jobs.cancel(cancelled.id());

        assertThat(muchLater(baler).run()).isZero();

        assertThat(List.of(exporting, frozen, failed, cancelled)).allMatch(baler::isUploadAlive);
        assertThat(baler.bucket.find(keyInProgress(finalised))).isPresent();
        assertThat(baler.bucket.find(keyOf(completed))).isPresent();
    }

    @Test
    void anotherUploadToTheKeyOfARunningExportGoesAndItsOwnStays() {
        var job = baler.exporting();
        // its worker died behind this, and the next one began its own
        var lost = baler.bucket.beginUpload(keyInProgress(job), TYPE);

        assertThat(muchLater(baler).run()).isOne();

        assertThat(baler.contents.isAlive(keyInProgress(job), lost)).isFalse();
        assertThat(baler.isUploadAlive(job)).isTrue();
    }

    @Test
    void anObjectThatArrivesAfterItsGarbageWasForgottenGoes() {
        var job = baler.exporting();
        baler.jobs.cancel(job.id());
        var cancelled = baler.jobs.find(job.id()).orElseThrow();
        cancelled.garbage().forEach(garbage -> baler.jobs.forgetGarbage(job.id(), garbage));
        baler.putObject(keyInProgress(job));

        muchLater(baler).run();

        assertThat(objects()).isEmpty();
        assertThat(uploads()).isEmpty();
    }

    @Test
    void whatIsNotOfTheFormOfOurKeysIsLeftAlone() {
        var ours = baler.keys.keyOf(baler.queued());
        var foreign = List.of(
                baler.keys.root() + "readme.txt",
                "audit-logs.zip",
                "backup/" + ours,
                ours + ".bak",
                // a ZIP holds its manifest, so whoever put one beside it was not us
                ours + ".manifest.json",
                ours.replace("/0/", "/first/"),
                ours.replace("/0/", "/0/0/"),
                ours.replace(".zip", "-zip"),
                ours.replaceFirst("[0-9a-f]{24}/0", "somebody/0"));
        foreign.forEach(baler::putObject);
        foreign.forEach(key -> baler.bucket.beginUpload(key, TYPE));

        assertThat(muchLater(baler).run()).isZero();

        assertThat(objects()).extracting(ListedObject::key).containsExactlyInAnyOrderElementsOf(foreign);
        assertThat(uploads()).extracting(OpenUpload::key).containsExactlyInAnyOrderElementsOf(foreign);
    }

    @Test
    void withoutASingleJobNothingIsTouchedAndAnOperatorIsTold(CapturedOutput output) {
        var job = baler.queued();
        baler.putObject(baler.keys.keyOf(job));
        baler.bucket.beginUpload(baler.keys.keyOf(job), TYPE);
        baler.mongo.dropCollection("exportJobs");

        assertThat(muchLater(baler).run()).isZero();

        assertThat(objects()).hasSize(1);
        assertThat(uploads()).hasSize(1);
        assertThat(output).contains("this may be the wrong database");
    }

    @Test
    void whileANewerVersionHasWrittenAJobNothingIsTouched(CapturedOutput output) {
        var orphan = baler.queued();
        baler.putObject(baler.keys.keyOf(orphan));
        baler.bucket.beginUpload(baler.keys.keyOf(orphan), TYPE);
        var newer = baler.queued();
        baler.mongo
                .getCollection("exportJobs")
                .updateOne(new Document("_id", newer.id()), new Document("$set", new Document("schemaVersion", 2)));

        assertThat(muchLater(baler).run()).isZero();

        assertThat(objects()).hasSize(1);
        assertThat(uploads()).hasSize(1);
        assertThat(output).contains("a newer version of Baler has written jobs");
    }

    @Test
    void aSecondInstallationInTheSameBucketLosesNothing() {
        try (var second = new Installation(stack, "second")) {
            var theirs = List.of(second.completed(), second.exporting());
            var ours = List.of(baler.completed(), baler.exporting());

            // each knows nothing of the other's jobs
            assertThat(muchLater(baler).run()).isZero();
            assertThat(muchLater(second).run()).isZero();

            assertThat(List.of(keyOf(theirs.get(0)), keyOf(ours.get(0))))
                    .allMatch(key -> baler.bucket.find(key).isPresent());
            assertThat(second.isUploadAlive(theirs.get(1))).isTrue();
            assertThat(baler.isUploadAlive(ours.get(1))).isTrue();
        }
    }

    @Test
    void oneThatCannotBeSweptKeepsNoOtherFromIt(CapturedOutput output) {
        var keys = List.of(orphan(), orphan(), orphan());
        var found = new JobQueries(new AwayFor(keys.get(1), baler));

        var orphans = new Orphans(found, baler.bucket, baler.contents, baler.keys, clockAt(muchLater()));
        assertThat(orphans.run()).isEqualTo(2);

        assertThat(objects()).extracting(ListedObject::key).containsExactly(keys.get(1));
        assertThat(output).contains("object " + keys.get(1) + " could not be swept");
    }

    private String orphan() {
        var key = baler.keys.keyOf(baler.queued()).replace("/0/", "/1/");
        baler.putObject(key);
        return key;
    }

    /** A database that does not answer when asked about one key. */
    private static final class AwayFor extends MongoTemplate {
        private final String key;

        AwayFor(String key, Installation baler) {
            super(baler.mongo.getMongoDatabaseFactory(), baler.mongo.getConverter());
            this.key = key;
        }

        @Override
        public boolean exists(Query query, Class<?> type) {
            if (query.toString().contains(key)) {
                throw new DataAccessResourceFailureException("away");
            }
            return super.exists(query, type);
        }
    }

    private List<OpenUpload> uploads() {
        return baler.contents.uploads("").toList();
    }

    private List<ListedObject> objects() {
        return baler.contents.objects("").toList();
    }

    private Orphans orphansAt(Instant now) {
        return orphansOf(baler, now);
    }

    private static Orphans muchLater(Installation of) {
        return orphansOf(of, muchLater());
    }

    private static Instant muchLater() {
        return Instant.now().plus(Duration.ofDays(365));
    }

    private static Orphans orphansOf(Installation of, Instant now) {
        return new Orphans(of.found, of.bucket, of.contents, of.keys, clockAt(now));
    }

    private static Clock clockAt(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
