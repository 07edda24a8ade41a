package io.baler.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.Change;
import io.baler.job.ExportJob;
import io.baler.worker.Effort;
import io.baler.worker.Installation;
import io.baler.worker.LargeLogs;
import io.baler.worker.chaos.SlowLine.Rates;
import io.baler.worker.guarantee.EpochOnlyRises;
import io.baler.worker.guarantee.NothingAfterCancel;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A cancel, a restart or an expiry stops what is under way. How soon is measured by a job that waits for the only slot:
 * when it has it, the other one's cursor is closed, and by then the thread of its upload must have ended too.
 */
@SuppressWarnings("try") // a worker that is only there to work
class StopLatencyTest {
    private static final long SEED = Long.getLong("baler.seed", System.nanoTime());
    private static final int ROUNDS = Effort.of(5, 50);
    private static final int RECORDS = 6_000;
    private static final int UNHINDERED = 1 << 30;
    private static final int A_PART_IN_SECONDS = 2 << 20;
    private static final int ALL_RECORDS_IN_SECONDS = 16 << 20;
    private static final Duration LONGEST_UNDISTURBED = Duration.ofMillis(1_200);
    private static final String NOTHING = "{'filters':{'actions':['NEVER_HAPPENED']}}";

    private static Installation baler;
    private static StoredBytes stored;

    @BeforeAll
    static void start() {
        baler = new Installation();
        stored = new StoredBytes(baler);
        LargeLogs.fill(baler.database(), RECORDS);
    }

    @AfterAll
    static void stop() {
        stored.close();
        baler.close();
    }

    @Test
    void stopsWhileAPartIsOnItsWayIntoTheStorage() {
        var rates = new Rates(A_PART_IN_SECONDS, UNHINDERED);
        try (var line = SlowLine.to(baler.stack().s3().port(), rates);
                var worker = worker("--baler.s3.endpoint=http://127.0.0.1:" + line.port())) {
            stopAgainAndAgain("with a part on its way");
        }
    }

    @Test
    void stopsWhileRecordsAreOnTheirWayFromTheSource() {
        var rates = new Rates(UNHINDERED, ALL_RECORDS_IN_SECONDS);
        try (var line = SlowLine.to(baler.stack().mongodb().port(), rates);
                var worker = worker("--baler.source.uri=mongodb://127.0.0.1:" + line.port() + "/baler")) {
            stopAgainAndAgain("with records on their way");
        }
    }

    private static AutoCloseableWorker worker(String property) {
        var context = baler.startWorker(
                "--baler.worker.slots=1",
                "--baler.worker.poll=10ms",
                "--baler.archive.part-size=5MB",
                "--baler.archive.logs-per-file=100",
                property);
        return context::close;
    }

    /** Closes without a checked exception. */
    private interface AutoCloseableWorker extends AutoCloseable {
        @Override
        void close();
    }

    private static void stopAgainAndAgain(String when) {
        var random = new SplittableRandom(SEED);
        var latencies = new Latencies("StopLatencyTest, " + when + " (-Dbaler.seed=" + SEED + ")");
        for (int round = 0; round < ROUNDS; round++) {
            var stop = Stop.values()[round % Stop.values().length];
            latencies.add(stopOnce(stop, random));
        }
        latencies.print();
    }

    private static Duration stopOnce(Stop stop, RandomGenerator random) {
        var id = baler.request("{'filters':{}}");
        try (var history = new JobHistory(baler.jobs(), id)) {
            soon(() -> history.now().bounds() != null);
            var waiting = baler.create(NOTHING);
            Moment.within(LONGEST_UNDISTURBED, random).await(history::now);
            assertThat(history.now().lease())
                    .as("the lease of what is to be stopped")
                    .isNotNull();

            var uploads = uploads();
            var stopped = stop.apply(baler, id);
            var told = System.nanoTime();
            stop.publish(baler, stopped);
            soon(() -> isClaimed(waiting) || history.now().epoch() > stopped.epoch());
            soon(() -> uploads.stream().noneMatch(Thread::isAlive));
            var latency = Duration.ofNanos(System.nanoTime() - told);

            var ended = stopped.status().isLive() ? baler.cancel(id) : stopped;
            baler.awaitEnd(waiting);
            assertNothingMoreHappens(ended, history);
            return latency;
        }
    }

    private static boolean isClaimed(String id) {
        return baler.jobs().find(id).orElseThrow().epoch() > 0;
    }

    private static List<Thread> uploads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("upload"))
                .toList();
    }

    /** The slot has been given on, twice if it was a restart, so whatever ran then has ended. */
    private static void assertNothingMoreHappens(ExportJob ended, JobHistory history) {
        new NothingAfterCancel(ended).holdsFor(baler.jobs(), baler.bucket());
        new EpochOnlyRises(history.states()).holds();
        assertThat(stored.objectsOf(ended.id())).isEmpty();
        stored.forget(ended.id());
    }

    private static void soon(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }

    private enum Stop {
        CANCEL {
            @Override
            Change change(Installation baler, String id) {
                return baler.jobs().cancel(id);
            }

            @Override
            void publish(Installation baler, ExportJob changed) {
                baler.events().cancelled(changed);
            }
        },
        RESTART {
            @Override
            Change change(Installation baler, String id) {
                return baler.jobs().restart(id);
            }

            @Override
            void publish(Installation baler, ExportJob changed) {
                baler.events().restarted(changed);
            }
        },
        EXPIRE {
            @Override
            Change change(Installation baler, String id) {
                return baler.jobs().expire(id, Duration.ZERO);
            }

            @Override
            void publish(Installation baler, ExportJob changed) {
                baler.events().expired(changed);
            }
        };

        abstract Change change(Installation baler, String id);

        abstract void publish(Installation baler, ExportJob changed);

        ExportJob apply(Installation baler, String id) {
            return ((Change.Changed) change(baler, id)).job();
        }
    }
}
