package io.baler.worker.chaos;

import static io.baler.job.JobStatus.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ExportJob;
import io.baler.job.storage.ArchiveKeys;
import io.baler.worker.guarantee.EpochOnlyRises;
import io.baler.worker.guarantee.EveryRecordOnce;
import io.baler.worker.guarantee.SameBytesAsUndisturbed;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One export, watched from its request to its end, and all that must hold for it whatever happened on the way. */
final class DisturbedExport implements AutoCloseable {
    private final Stage stage;
    private final JobHistory history;

    DisturbedExport(Stage stage, String id) {
        this.stage = stage;
        this.history = new JobHistory(stage.baler().jobs(), id);
    }

    ExportJob now() {
        return history.now();
    }

    ExportJob await(Predicate<ExportJob> condition) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(this::now, condition);
    }

    ExportJob awaitEnd() {
        return await(job -> job.status().isFinished());
    }

    /** To be asked when it has ended. */
    Residue assertUndamaged() {
        history.close();
        var job = now();
        assertThat(job.status()).as(String.valueOf(job.failure())).isEqualTo(COMPLETED);
        assertThat(job.gen()).as("generation: nothing made the upload unusable").isZero();
        new EpochOnlyRises(history.states()).holds();
        var alone = new NeverLeftAlone(history.seen(), Stage.LEASE).holds();
        assertArchive(job);
        return new Residue(alone, orphans(job));
    }

    /**
     * What is allowed to be left.
     *
     * @param alone the longest time without a worker
     * @param orphans uploads that a worker had begun and not yet told the job of when it was killed
     */
    record Residue(Duration alone, int orphans) {}

    private void assertArchive(ExportJob job) {
        var archive = stage.baler().archiveOf(job);
        new EveryRecordOnce(stage.ids()).holdsFor(archive);
        new SameBytesAsUndisturbed(stage.undisturbed().sha256(job)).holdsFor(job, archive);
        assertThat(stage.stored().objectsOf(job.id()))
                .containsExactlyInAnyOrderElementsOf(
                        ArchiveKeys.objectsOf(job.attachment().key()));
    }

    private int orphans(ExportJob job) {
        var orphans = stage.stored().uploadsOf(job.id()).stream()
                .filter(upload -> !upload.uploadId().equals(job.checkpoint().uploadId()))
                .filter(upload -> !job.garbage().contains(upload))
                .toList();
        assertThat(orphans)
                .as("uploads that nobody names, of %d claims", job.epoch())
                .hasSizeLessThan((int) job.epoch());
        return orphans.size();
    }

    @Override
    public void close() {
        history.close();
        stage.stored().forget(now().id());
    }
}
