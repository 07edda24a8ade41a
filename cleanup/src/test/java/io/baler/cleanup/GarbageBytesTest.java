package io.baler.cleanup;

import static io.baler.cleanup.Installation.companionsOf;
import static io.baler.cleanup.Installation.keyInProgress;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ExportJob;
import io.baler.job.JobGarbage;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Garbage is forgotten only at a look that finds nothing, long enough behind the last one that found something. */
@ExtendWith(OnInstallation.class)
class GarbageBytesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Installation baler;
    private final GarbageBytes garbage;

    GarbageBytesTest(Installation baler) {
        this.baler = baler;
        garbage = new GarbageBytes(baler.found, baler.jobs, baler.bucket, baler.contents, PATIENCE);
    }

    @BeforeEach
    void clear() {
        baler.clear();
    }

    @Test
    void theFirstLookAbortsTheUploadAndRemembersIt() {
        var job = cancelled();

        assertThat(garbage.run()).isOne();

        assertThat(baler.isUploadAlive(job)).isFalse();
        assertThat(baler.found.withGarbage()).extracting(JobGarbage::id).containsExactly(job.id());
    }

    @Test
    void whatIsGoneIsLookedForAgainUntilNothingMoreCanArrive() {
        var job = cancelled();
        garbage.run();

        assertThat(garbage.run()).isZero();
        sweptAgo(job, PATIENCE.minusMinutes(1));
        assertThat(garbage.run()).isZero();
        assertThat(baler.found.withGarbage()).hasSize(1);

        sweptAgo(job, PATIENCE.plusSeconds(1));
        assertThat(garbage.run()).isOne();
        assertThat(baler.found.withGarbage()).isEmpty();
    }

    @Test
    void whatArrivesLateIsRemovedAndWaitedForAnew() {
        var job = cancelled();
        garbage.run();
        baler.putObject(keyInProgress(job));
        sweptAgo(job, PATIENCE.plusSeconds(1));

        garbage.run();
        assertThat(baler.bucket.find(keyInProgress(job))).isEmpty();
        assertThat(baler.found.withGarbage()).hasSize(1);
        garbage.run();
        assertThat(baler.found.withGarbage()).hasSize(1);

        sweptAgo(job, PATIENCE.plusSeconds(1));
        garbage.run();
        assertThat(baler.found.withGarbage()).isEmpty();
    }

    @Test
    void anUploadThatWasGoneBeforeTheFirstLookIsWaitedForToo() {
        var job = cancelled();
        baler.bucket.abort(keyInProgress(job), Installation.uploadOf(job));

        garbage.run();
        garbage.run();

        assertThat(baler.found.withGarbage()).hasSize(1);
    }

    @Test
    void eachUploadOfAJobIsForgottenOnItsOwn() {
        var job = baler.exporting();
        baler.jobs.restart(job.id());
        garbage.run();
        sweptAgo(job, PATIENCE.plusSeconds(1));
        var again = baler.exportAgain(job);
        baler.jobs.cancel(job.id());

        garbage.run();

        assertThat(baler.jobs.find(job.id()).orElseThrow().garbage())
                .singleElement()
                .satisfies(left -> assertThat(left.key()).isEqualTo(keyInProgress(again)));
        assertThat(baler.isUploadAlive(again)).isFalse();
    }

    @Test
    void ofAStreamTheManifestAndTheSignatureGoWithItsUpload() {
        var job = baler.frozenStream();
        baler.jobs.cancel(job.id());
        assertThat(companionsOf(keyInProgress(job))).allMatch(baler::isThere);

        garbage.run();

        assertThat(baler.isUploadAlive(job)).isFalse();
        assertThat(companionsOf(keyInProgress(job))).noneMatch(baler::isThere);
    }

    @Test
    void aManifestThatArrivesLateIsRemovedAndWaitedForAnew() {
        var job = baler.frozenStream();
        baler.jobs.cancel(job.id());
        garbage.run();
        for (var late : companionsOf(keyInProgress(job))) {
            baler.putObject(late);
            sweptAgo(job, PATIENCE.plusSeconds(1));

            garbage.run();
            assertThat(baler.isThere(late)).as(late).isFalse();
            garbage.run();
            assertThat(baler.found.withGarbage()).hasSize(1);
        }

        sweptAgo(job, PATIENCE.plusSeconds(1));
        garbage.run();
        assertThat(baler.found.withGarbage()).isEmpty();
    }

    @Test
    void aDeletedStreamLeavesNothingBehind() {
        var job = baler.completedStream();
        baler.jobs.delete(job.id());

        garbage.run();

        assertThat(baler.contents.objects("")).isEmpty();
    }

    private ExportJob cancelled() {
        var job = baler.exporting();
        baler.jobs.cancel(job.id());
        return job;
    }

    /** This counts in the database's time, so the mark is made older instead of the clock. */
    private void sweptAgo(ExportJob job, Duration ago) {
        baler.set(job, "garbage.0.sweptAt", Date.from(Instant.now().minus(ago)));
    }
}
