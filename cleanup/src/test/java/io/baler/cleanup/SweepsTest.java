package io.baler.cleanup;

import static io.baler.cleanup.Installation.companionsOf;
import static io.baler.cleanup.Installation.keyOf;
import static io.baler.job.JobStatus.CANCELLED;
import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.EXPIRED;
import static io.baler.job.JobStatus.EXPORTING;
import static io.baler.job.JobStatus.FAILED;
import static io.baler.job.JobStatus.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.ExportJob;
import io.baler.job.RetentionSettings;
import io.baler.job.SignedManifest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * What goes and what stays, with the predecessor's boundaries: a day, and what is exactly that old stays. Failures it
 * removed at once; here they stay readable for their retention, which is a day too in these tests.
 */
@ExtendWith({OnInstallation.class, OutputCaptureExtension.class})
class SweepsTest {
    private static final long DAY = 86_400_000;
    private static final RetentionSettings RETENTION =
            new RetentionSettings(Duration.ofMillis(DAY), Duration.ofMillis(DAY), Duration.ofMillis(DAY));
    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Installation baler;
    private final OverdueJobs overdue;
    private final ExpiredDownloads downloads;
    private final OldFailures failures;
    private final GarbageBytes garbage;

    SweepsTest(Installation baler) {
        this.baler = baler;
        overdue = new OverdueJobs(baler.found, baler.jobs, baler.events, RETENTION);
        downloads = new ExpiredDownloads(baler.found, baler.jobs, baler.bucket, RETENTION.downloadExpiration(), CLOCK);
        failures = new OldFailures(baler.found, baler.jobs, RETENTION, CLOCK);
        garbage = new GarbageBytes(baler.found, baler.jobs, baler.bucket, baler.contents, Duration.ofSeconds(-1));
    }

    @BeforeEach
    void clear() {
        baler.clear();
    }

    // ---- overdue jobs

    @Test
    void jobsThatAreLiveForTooLongExpireWhateverTheyAreDoing() {
        var young = baler.exporting();
        var old = liveFor(DAY + 1, baler.exporting());
        var uploading = liveFor(DAY + 2, baler.frozen());
        var failed = liveFor(DAY + 3, baler.failed());

        assertThat(overdue.run()).isEqualTo(2);

        assertThat(baler.status(young)).isEqualTo(EXPORTING);
        assertThat(baler.status(old)).isEqualTo(EXPIRED);
        assertThat(baler.status(uploading)).isEqualTo(EXPIRED);
        assertThat(baler.status(failed)).isEqualTo(FAILED);
    }

    @Test
    void jobsExpireInTheQueueTooAndNotAMinuteBeforeTheirTime() {
        var queued = liveFor(DAY + 1, baler.queued());
        var almost = liveFor(DAY - 60_000, baler.exporting());

        assertThat(overdue.run()).isEqualTo(1);

        assertThat(baler.status(queued)).isEqualTo(EXPIRED);
        assertThat(baler.status(almost)).isEqualTo(EXPORTING);
    }

    // ---- expired downloads

    @Test
    void onlyDownloadsPastTheirPeriodGoAndTheirBytesWithThem() {
        var fresh = endedFor(0, baler.completed());
        var atTheBoundary = endedFor(DAY, baler.completed());
        var old = endedFor(DAY + 1, baler.completed());
        var live = baler.exporting();
        var failed = endedFor(DAY + 1, baler.failed());

        assertThat(downloads.run()).isEqualTo(1);

        assertThat(baler.jobs.find(old.id())).isEmpty();
        assertThat(baler.bucket.find(keyOf(old))).isEmpty();
        assertThat(List.of(fresh, atTheBoundary, live, failed))
                .extracting(baler::status)
                .containsExactly(COMPLETED, COMPLETED, EXPORTING, FAILED);
        assertThat(baler.bucket.find(keyOf(fresh))).isPresent();
        assertThat(baler.bucket.find(keyOf(atTheBoundary))).isPresent();
    }

    @Test
    void anObjectStaysUntilNoJobThatRefersToItIsLeft() {
        var old = endedFor(DAY + 1, baler.completed());
        var sharing = endedFor(0, baler.completed());
        baler.set(sharing, "attachment.key", keyOf(old));

        downloads.run();
        garbage.run();
        assertThat(baler.jobs.find(old.id())).isEmpty();
        assertThat(baler.bucket.find(keyOf(old))).isPresent();

        endedFor(DAY + 1, sharing);
        downloads.run();
        assertThat(baler.jobs.find(sharing.id())).isEmpty();
        assertThat(baler.bucket.find(keyOf(old))).isEmpty();
    }

    @Test
    void anExpiredStreamLeavesNothingBehind() {
        var old = endedFor(DAY + 1, baler.completedStream());
        var fresh = endedFor(0, baler.completedStream());

        assertThat(downloads.run()).isEqualTo(1);

        assertThat(baler.isThere(keyOf(old))).isFalse();
        assertThat(companionsOf(keyOf(old))).noneMatch(baler::isThere);
        assertThat(baler.isThere(keyOf(fresh))).isTrue();
        assertThat(companionsOf(keyOf(fresh))).allMatch(baler::isThere);
    }

    @Test
    void aSharedStreamKeepsItsManifestAndSignatureUntilNoJobThatRefersToItIsLeft() {
        var old = endedFor(DAY + 1, baler.completedStream());
        var sharing = endedFor(0, baler.completed());
        baler.set(sharing, "attachment.key", keyOf(old));

        downloads.run();
        garbage.run();
        assertThat(baler.jobs.find(old.id())).isEmpty();
        assertThat(companionsOf(keyOf(old))).allMatch(baler::isThere);

        endedFor(DAY + 1, sharing);
        downloads.run();
        assertThat(companionsOf(keyOf(old))).noneMatch(baler::isThere);
    }

    @Test
    void anExportWithoutMatchGoesAfterItsTimeAndItsPlaceInTheChainStays() {
        var job = baler.queued();
        var claim = baler.jobs.claim(job.id(), "w", Duration.ofSeconds(10)).orElseThrow();
        var manifest = new SignedManifest(1, "sha of the statement", "signature", "key", 2, 0, 0, "sha", "{}");
        endedFor(DAY + 1, baler.jobs.completeWithoutMatch(baler.jobs.linkToChain(claim), manifest));

        assertThat(downloads.run()).isEqualTo(1);

        assertThat(baler.jobs.find(job.id())).isEmpty();
        assertThat(baler.mongo.getCollection("manifestChains").find())
                .filteredOn(kept -> job.id().equals(kept.getString("job")))
                .singleElement()
                .satisfies(kept -> assertThat(kept).containsEntry("sha256", "sha of the statement"));
    }

    @Test
    void aJobThatCannotBeSweptIsLoggedAndStaysAndTheOthersGo(CapturedOutput output) {
        var first = endedFor(DAY + 1, baler.completed());
        var broken = endedFor(DAY + 1, baler.completed());
        var last = endedFor(DAY + 1, baler.completed());
        // no bucket has a key that long
        baler.set(broken, "attachment.key", "k".repeat(5_000));

        assertThat(downloads.run()).isEqualTo(2);

        assertThat(baler.jobs.find(first.id())).isEmpty();
        assertThat(baler.jobs.find(last.id())).isEmpty();
        assertThat(baler.status(broken)).isEqualTo(COMPLETED);
        assertThat(output).contains("'expired downloads': " + broken.id() + " could not be swept");
    }

    // ---- old failures

    @Test
    void failuresPastTheirRetentionGoAndLiveJobsStay() {
        var first = endedFor(DAY + 1, baler.failed());
        var live = baler.exporting();
        var second = endedFor(DAY + 2, baler.failed());
        var atTheBoundary = endedFor(DAY, baler.failed());

        assertThat(failures.run()).isEqualTo(2);

        assertThat(baler.jobs.find(first.id())).isEmpty();
        assertThat(baler.jobs.find(second.id())).isEmpty();
        assertThat(baler.status(live)).isEqualTo(EXPORTING);
        assertThat(baler.status(atTheBoundary)).isEqualTo(FAILED);
    }

    @Test
    void whatWasCancelledOrExpiredGoesLikeFailures() {
        var cancelled = baler.exporting();
        baler.jobs.cancel(cancelled.id());
        var expired = baler.exporting();
        baler.jobs.expire(expired.id(), Duration.ofSeconds(-1));
        var recent = baler.queued();
        baler.jobs.cancel(recent.id());
        endedFor(DAY + 1, cancelled);
        endedFor(DAY + 1, expired);
        endedFor(0, recent);

        assertThat(failures.run()).isEqualTo(2);

        assertThat(baler.jobs.find(cancelled.id())).isEmpty();
        assertThat(baler.jobs.find(expired.id())).isEmpty();
        assertThat(baler.status(recent)).isEqualTo(CANCELLED);
    }

    // ---- all of them

    @Test
    void aTombstoneKeepsItsPlaceUntilNothingIsLeftThatOnlyItRefersTo() {
        var old = endedFor(DAY + 1, baler.completed());
        var parts = new PartLists(baler.found, baler.jobs, Duration.ofSeconds(-1));
        assertThat(partListsOf(old)).isOne();

        downloads.run();
        assertThat(baler.stored(old)).doesNotContainKey("deletedAt");
        parts.run();
        garbage.run();
        assertThat(baler.stored(old)).doesNotContainKey("deletedAt");
        garbage.run();

        assertThat(partListsOf(old)).isZero();
        assertThat(baler.stored(old)).containsKey("deletedAt");
    }

    private long partListsOf(ExportJob job) {
        return baler.mongo.getCollection("exportParts").countDocuments(new Document("_id.jobId", job.id()));
    }

    @Test
    void anEndThatNobodyPublishedIsPublishedOnce() {
        var silent = endedFor(DAY, baler.failed());
        var unannounced = new UnannouncedEnds(baler.found, baler.events, Duration.ofMinutes(1));

        assertThat(unannounced.run()).isEqualTo(1);

        await().until(() -> baler.jobs.find(silent.id()).orElseThrow().announced());
        assertThat(unannounced.run()).isZero();
    }

    @Test
    void theUploadOfARunningExportIsNeverTouched() {
        var job = baler.exporting();
        var waiting = baler.queued();

        overdue.run();
        downloads.run();
        failures.run();
        garbage.run();

        assertThat(baler.isUploadAlive(job)).isTrue();
        assertThat(baler.status(job)).isEqualTo(EXPORTING);
        assertThat(baler.status(waiting)).isEqualTo(QUEUED);
    }

    /** Expiry counts in the database's time, so the job is made older instead of the clock. */
    private ExportJob liveFor(long millis, ExportJob job) {
        baler.set(job, "liveSince", Date.from(job.createdAt().minusMillis(millis)));
        return job;
    }

    private ExportJob endedFor(long millis, ExportJob job) {
        baler.set(job, "endedAt", Date.from(NOW.minusMillis(millis)));
        return job;
    }
}
