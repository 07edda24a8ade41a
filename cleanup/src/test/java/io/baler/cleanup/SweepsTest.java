package io.baler.cleanup;

import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.EXPIRED;
import static io.baler.job.JobStatus.EXPORTING;
import static io.baler.job.JobStatus.FAILED;
import static io.baler.job.JobStatus.UPLOADING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.Attachment;
import io.baler.job.Claim;
import io.baler.job.Commit;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.Failure;
import io.baler.job.JobConfiguration;
import io.baler.job.JobQueries;
import io.baler.job.JobStatus;
import io.baler.job.JobStore;
import io.baler.job.LogFilters;
import io.baler.job.NewJob;
import io.baler.job.RetentionSettings;
import io.baler.job.Selection;
import io.baler.job.events.ExportEvents;
import io.baler.job.start.ServiceDefaults;
import io.baler.job.storage.ExportBucket;
import io.baler.local.LocalConnections;
import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoTemplate;

/** What goes and what stays, with the predecessor's boundaries. */
class SweepsTest {
    private static final long DAY = 86_400_000;
    private static final RetentionSettings RETENTION =
            new RetentionSettings(Duration.ofMillis(DAY), Duration.ofMillis(DAY), Duration.ofMillis(DAY));
    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static LocalStack stack;
    private static ConfigurableApplicationContext context;

    private final JobStore jobs = context.getBean(JobStore.class);
    private final JobQueries found = context.getBean(JobQueries.class);
    private final ExportBucket bucket = context.getBean(ExportBucket.class);
    private final MongoTemplate mongo = context.getBean(MongoTemplate.class);

    private final OverdueJobs overdue = new OverdueJobs(found, jobs, context.getBean(ExportEvents.class), RETENTION);
    private final ExpiredDownloads downloads = new ExpiredDownloads(found, jobs, bucket, RETENTION, CLOCK);
    private final OldFailures failures = new OldFailures(found, jobs, RETENTION, CLOCK);
    private final GarbageBytes garbage = new GarbageBytes(found, jobs, bucket);

    @EnableAutoConfiguration
    @Import(JobConfiguration.class)
    static class Access {}

    @BeforeAll
    static void start() {
        stack = LocalStack.start(LocalStackSettings.temporary());
        stack.s3().createBucket("exports");
        var properties = new HashMap<>(ServiceDefaults.properties());
        properties.put("baler.s3.endpoint", stack.s3().endpoint());
        properties.put("baler.s3.region", "us-east-1");
        properties.put("baler.s3.bucket", "exports");
        properties.put("baler.s3.path-style", "true");
        properties.put("baler.s3.access-key", stack.s3().accessKey());
        properties.put("baler.s3.secret-key", stack.s3().secretKey());
        context = new SpringApplicationBuilder(Access.class)
                .web(WebApplicationType.NONE)
                .initializers(new LocalConnections(stack))
                .properties(properties)
                .run();
    }

    @AfterAll
    static void stop() {
        context.close();
        stack.close();
    }

    @BeforeEach
    void clear() {
        mongo.getCollection("exportJobs").deleteMany(new Document());
    }

    @Test
    void jobsThatAreLiveForTooLongExpireWhateverTheyAreDoing() {
        var young = exporting();
        var old = exporting();
        var uploading = frozen(exporting());
        var failed = jobs.fail(claimOf(exporting()), new Failure("c", "m"));
        liveSince(old, -DAY - 1);
        liveSince(uploading, -DAY - 2);
        liveSince(failed, -DAY - 3);

        assertThat(overdue.run()).isEqualTo(2);

        assertThat(status(young)).isEqualTo(EXPORTING);
        assertThat(status(old)).isEqualTo(EXPIRED);
        assertThat(status(uploading)).isEqualTo(EXPIRED);
        assertThat(status(failed)).isEqualTo(FAILED);
    }

    @Test
    void onlyDownloadsPastTheirPeriodGoAndTheirBytesWithThem() {
        var fresh = completed(0);
        var atTheBoundary = completed(-DAY);
        var old = completed(-DAY - 1);
        var live = exporting();
        var failed = failed(-DAY - 1);

        assertThat(downloads.run()).isEqualTo(1);

        assertThat(jobs.find(old.id())).isEmpty();
        assertThat(bucket.find(keyOf(old))).isEmpty();
        assertThat(List.of(status(fresh), status(atTheBoundary), status(live), status(failed)))
                .containsExactly(COMPLETED, COMPLETED, EXPORTING, FAILED);
        assertThat(bucket.find(keyOf(fresh))).isPresent();
        assertThat(bucket.find(keyOf(atTheBoundary))).isPresent();
    }

    @Test
    void anObjectThatAnotherJobRefersToStays() {
        var old = completed(-DAY - 1);
        var sharing = completed(0);
        set(sharing, "attachment.key", keyOf(old));

        downloads.run();
        garbage.run();

        assertThat(jobs.find(old.id())).isEmpty();
        assertThat(bucket.find(keyOf(old))).isPresent();
    }

    @Test
    void oldFailuresGoAndLiveJobsStay() {
        var first = failed(-DAY - 1);
        var live = exporting();
        var second = failed(-DAY - 2);
        var recent = failed(0);

        assertThat(failures.run()).isEqualTo(2);

        assertThat(jobs.find(first.id())).isEmpty();
        assertThat(jobs.find(second.id())).isEmpty();
        assertThat(status(live)).isEqualTo(EXPORTING);
        assertThat(status(recent)).isEqualTo(FAILED);
    }

    @Test
    void aJobThatCannotBeSweptStaysAndTheOthersGo() {
        var first = completed(-DAY - 1);
        var broken = completed(-DAY - 1);
        var last = completed(-DAY - 1);
        // no bucket has a key that long
        set(broken, "attachment.key", "k".repeat(5_000));

        assertThat(downloads.run()).isEqualTo(2);

        assertThat(jobs.find(first.id())).isEmpty();
        assertThat(jobs.find(last.id())).isEmpty();
        assertThat(status(broken)).isEqualTo(COMPLETED);
    }

    @Test
    void aTombstoneKeepsItsPlaceUntilNothingIsLeftThatOnlyItRefersTo() {
        var old = completed(-DAY - 1);
        var parts = new PartLists(found, jobs, Duration.ofSeconds(-1));
        assertThat(partListsOf(old)).isOne();

        downloads.run();
        assertThat(mayBeForgotten(old)).isFalse();
        parts.run();
        garbage.run();

        assertThat(partListsOf(old)).isZero();
        assertThat(mayBeForgotten(old)).isTrue();
    }

    private long partListsOf(ExportJob job) {
        return mongo.getCollection("exportParts").countDocuments(new Document("_id.jobId", job.id()));
    }

    private boolean mayBeForgotten(ExportJob job) {
        var tombstone = mongo.getCollection("exportJobs")
                .find(new Document("_id", job.id()))
                .first();
        return Objects.requireNonNull(tombstone).containsKey("deletedAt");
    }

    @Test
    void garbageIsAbortedAndForgottenOnlyOnceTheUploadIsGone() {
        var job = exporting();
        var key = Objects.requireNonNull(job.checkpoint().key());
        var upload = Objects.requireNonNull(job.checkpoint().uploadId());
        jobs.cancel(job.id());

        garbage.run();
        assertThat(bucket.isAlive(key, upload)).isFalse();
        assertThat(found.withGarbage(10)).hasSize(1);

        garbage.run();
        assertThat(found.withGarbage(10)).isEmpty();
    }

    @Test
    void anEndThatNobodyPublishedIsPublishedOnce() {
        var silent = failed(-DAY);
        var unannounced = new UnannouncedEnds(found, context.getBean(ExportEvents.class), Duration.ofMinutes(1));

        assertThat(unannounced.run()).isEqualTo(1);

        await().until(() -> jobs.find(silent.id()).orElseThrow().announced());
        assertThat(unannounced.run()).isZero();
    }

    @Test
    void theUploadOfARunningExportIsNeverTouched() {
        var job = exporting();

        overdue.run();
        downloads.run();
        failures.run();
        garbage.run();

        assertThat(bucket.isAlive(
                        keyInProgress(job),
                        Objects.requireNonNull(job.checkpoint().uploadId())))
                .isTrue();
        assertThat(status(job)).isEqualTo(EXPORTING);
    }

    // ---- jobs as the other services leave them

    private ExportJob exporting() {
        var id = new ObjectId().toHexString();
        var selection = new Selection(null, "baler", "activities", "user", "action", "createdAt");
        var created = jobs.create(new NewJob(id, "auditor", LogFilters.NONE, selection, id, "json", null));
        var claim = jobs.claim(((Creation.Created) created).job().id(), "w", Duration.ofSeconds(10))
                .orElseThrow();
        var key = "exports/" + id;
        return jobs.beginUpload(claim, key, bucket.beginUpload(key)).job();
    }

    private Claim claimOf(ExportJob job) {
        return new Claim(job);
    }

    private ExportJob frozen(ExportJob job) {
        var bytes = "an archive".getBytes(StandardCharsets.UTF_8);
        var crc = new CRC32();
        crc.update(bytes);
        var checksum = Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        var upload = Objects.requireNonNull(job.checkpoint().uploadId());
        var part = bucket.uploadPart(keyInProgress(job), upload, 1, ByteBuffer.wrap(bytes), checksum, job.epoch());
        var commit = new Commit(part, List.of(), null, 1, bytes.length, "digest", 1, true);
        var frozen = jobs.commit(claimOf(job), commit).job();
        assertThat(frozen.status()).isEqualTo(UPLOADING);
        return frozen;
    }

    private ExportJob completed(long endedAfterNow) {
        var job = frozen(exporting());
        var key = keyInProgress(job);
        var etag = bucket.completeUpload(
                key,
                Objects.requireNonNull(job.checkpoint().uploadId()),
                job.checkpoint().parts());
        var attachment = new Attachment("exports", key, "a.zip", 10, etag, "sha", NOW);
        return ended(jobs.complete(claimOf(job), attachment), endedAfterNow);
    }

    private ExportJob failed(long endedAfterNow) {
        return ended(jobs.fail(claimOf(exporting()), new Failure("c", "m")), endedAfterNow);
    }

    private ExportJob ended(ExportJob job, long millisAfterNow) {
        set(job, "endedAt", Date.from(NOW.plusMillis(millisAfterNow)));
        return job;
    }

    /** Expiry counts in the database's time, so the job is made older instead of the clock. */
    private void liveSince(ExportJob job, long millisAfterCreation) {
        set(job, "liveSince", Date.from(job.createdAt().plusMillis(millisAfterCreation)));
    }

    private void set(ExportJob job, String field, Object value) {
        mongo.getCollection("exportJobs")
                .updateOne(new Document("_id", job.id()), new Document("$set", new Document(field, value)));
    }

    private JobStatus status(ExportJob job) {
        return jobs.find(job.id()).orElseThrow().status();
    }

    private static String keyInProgress(ExportJob job) {
        return Objects.requireNonNull(job.checkpoint().key());
    }

    private static String keyOf(ExportJob job) {
        return Objects.requireNonNull(job.attachment()).key();
    }
}
