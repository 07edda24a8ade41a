package io.baler.cleanup;

import static io.baler.cleanup.Installation.keyInProgress;
import static io.baler.cleanup.Installation.keyOf;
import static io.baler.job.JobStatus.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.Change;
import io.baler.job.ExportJob;
import io.baler.job.RetentionSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A running export, a running download and a failure that can be resumed are never swept, at whatever moment one sweeps. */
@ExtendWith(OnInstallation.class)
class SweepRacesTest {
    private static final int ROUNDS = Effort.of(20, 200);
    /** About twice what the sweep takes to come to the job, so that either may be first. */
    private static final int LARGEST_LEAD_NANOS = 10_000_000;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration GRACE = Duration.ofMinutes(15);
    private static final RetentionSettings RETENTION = new RetentionSettings(DAY, DAY, DAY);

    private final Installation baler;
    private final Random chance = new Random(20_261_126);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * What a worker has begun and not written down yet is safe by its age alone. Here nothing is old enough for that, so
     * no sweep runs meanwhile.
     */
    private final ReadWriteLock age = new ReentrantReadWriteLock();

    private volatile boolean over;

    SweepRacesTest(Installation baler) {
        this.baler = baler;
    }

    @BeforeEach
    void clear() {
        baler.clear();
    }

    @AfterEach
    void stop() {
        over = true;
        threads.shutdownNow();
    }

    @Test
    void aRunningExportIsNotDisturbedWhateverItWentThrough() throws Exception {
        var sweeping = sweepAllTheTime();

        for (var round = 0; round < ROUNDS; round++) {
            var job = written(baler::exporting);
            for (var restarts = chance.nextInt(3); restarts > 0; restarts--) {
                var again = ((Change.Changed) baler.jobs.restart(job.id())).job();
                job = written(() -> baler.exportAgain(again));
            }
            var running = job;
            assertThat(baler.isUploadAlive(running)).isTrue();
            var frozen = baler.frozen(running);
            assertThat(baler.isUploadAlive(frozen)).isTrue();
            var finalised = baler.finalised(frozen);
            assertThat(baler.isThere(keyInProgress(finalised))).isTrue();
            var completed = baler.completed(finalised);
            assertThat(baler.isThere(keyOf(completed))).isTrue();
        }

        assertThat(swept(sweeping)).as("rounds of sweeps meanwhile").isPositive();
        assertThat(baler.contents.objects(baler.keys.root()).count())
                .as("every archive is still there")
                .isEqualTo(ROUNDS);
    }

    @Test
    void aDownloadThatBeganInTimeComesToItsEnd() throws Exception {
        var sweeping = sweepAllTheTime();

        for (var round = 0; round < ROUNDS; round++) {
            var job = written(baler::completed);
            var key = keyOf(job);
            // some seconds before the end of the period to shortly before the end of the grace
            var ago = DAY.minusSeconds(5).plusSeconds(chance.nextInt((int) GRACE.toSeconds()));
            baler.set(job, "endedAt", Date.from(Instant.now().minus(ago)));
            var link = baler.bucket.presign(key, "a.zip", "application/zip", Duration.ofMinutes(1));
            try (var download = link.toURL().openStream()) {
                var first = download.read();
                assertThat(baler.isThere(key)).isTrue();
                assertThat(first).isNotNegative();
                assertThat(download.readAllBytes()).asString().isEqualTo("n archive");
            }
            baler.set(
                    job,
                    "endedAt",
                    Date.from(Instant.now().minus(DAY).minus(GRACE).minusSeconds(1)));
        }

        assertThat(swept(sweeping)).as("rounds of sweeps meanwhile").isPositive();
        sweeps().forEach(Sweep::run);
        assertThat(baler.contents.objects(baler.keys.root())).isEmpty();
    }

    @Test
    void aFailureIsResumedWithAllThatIsKeptOrDeletedAndNeverBoth() throws Exception {
        var tally = new TreeMap<String, Integer>();

        for (var round = 0; round < ROUNDS; round++) {
            var failed = baler.failed();
            baler.set(failed, "endedAt", Date.from(Instant.now().minus(DAY).minusSeconds(1)));
            var start = new CyclicBarrier(2);
            var lead = chance.nextInt(LARGEST_LEAD_NANOS);
            Future<Change> resumed = threads.submit(() -> {
                start.await();
                spin(lead);
                return baler.jobs.resume(failed.id());
            });
            Future<?> swept = threads.submit(() -> {
                start.await();
                return new OldFailures(baler.found, baler.jobs, RETENTION, Clock.systemUTC()).run();
            });
            swept.get();

            var isResumed = resumed.get() instanceof Change.Changed;
            tally.merge(isResumed ? "resumed" : "deleted", 1, Integer::sum);
            sweeps().forEach(Sweep::run);
            assertThat(baler.jobs.find(failed.id()).map(ExportJob::status))
                    .isEqualTo(isResumed ? Optional.of(QUEUED) : Optional.empty());
            assertThat(baler.isUploadAlive(failed)).isEqualTo(isResumed);
        }

        System.out.println("SweepRacesTest, resumed at the moment of its deletion: " + tally);
    }

    @Test
    void aFailureWithinItsRetentionIsLeftAlone() throws Exception {
        var sweeping = sweepAllTheTime();

        for (var round = 0; round < ROUNDS; round++) {
            var failed = written(baler::failed);
            baler.set(failed, "endedAt", Date.from(Instant.now().minus(DAY).plusSeconds(60)));
            assertThat(baler.isUploadAlive(failed)).isTrue();
            assertThat(baler.jobs.resume(failed.id())).isInstanceOf(Change.Changed.class);
            assertThat(baler.isUploadAlive(failed)).isTrue();
        }

        assertThat(swept(sweeping)).as("rounds of sweeps meanwhile").isPositive();
    }

    /** A timer of the operating system is too coarse for this. */
    private static void spin(long nanos) {
        var end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** All six, with S3's dates taken for more than a day old, so that only what jobs refer to is safe. */
    private List<Sweep> sweeps() {
        var now = Clock.systemUTC();
        var aDayLater = Clock.offset(now, Orphans.AGE.plusHours(1));
        return List.of(
                new OverdueJobs(baler.found, baler.jobs, baler.events, RETENTION),
                new ExpiredDownloads(baler.found, baler.jobs, baler.bucket, DAY.plus(GRACE), now),
                new OldFailures(baler.found, baler.jobs, RETENTION, now),
                new GarbageBytes(baler.found, baler.jobs, baler.bucket, baler.contents, Duration.ofSeconds(-1)),
                new Orphans(baler.found, baler.bucket, baler.contents, baler.keys, aDayLater),
                new UnannouncedEnds(baler.found, baler.events, Duration.ofMinutes(1)));
    }

    /** Returns once the first round is through; the future tells how many there were. */
    private Future<Integer> sweepAllTheTime() throws InterruptedException {
        var first = new CountDownLatch(1);
        var sweeping = threads.submit(() -> {
            var sweeps = sweeps();
            var rounds = 0;
            while (!over) {
                for (var sweep : sweeps) {
                    age.writeLock().lock();
                    try {
                        sweep.run();
                    } finally {
                        age.writeLock().unlock();
                    }
                }
                rounds++;
                first.countDown();
            }
            return rounds;
        });
        first.await();
        return sweeping;
    }

    private int swept(Future<Integer> sweeping) throws Exception {
        over = true;
        return sweeping.get();
    }

    private ExportJob written(Supplier<ExportJob> beginning) {
        age.readLock().lock();
        try {
            return beginning.get();
        } finally {
            age.readLock().unlock();
        }
    }
}
