package io.baler.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.JobStatus;
import io.baler.job.request.JobIds;
import io.baler.worker.Effort;
import io.baler.worker.Installation;
import io.baler.worker.guarantee.EveryRecordOnce;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However many workers there are, and however often some of them leave and others come: each job is done once. */
class ScalingTest {
    private static final int JOBS = Effort.of(30, 200);

    /** Jobs that end between two disturbances. */
    private static final int PEACE = 6;

    /** At the pace that the workers are held to, a job takes half a second of one. */
    private static final int RECORDS = 200;

    /** Not how soon, which the figures tell, but that no worker is left out: a rebalance may take as long as a session. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);

    private static Installation baler;
    private static List<String> ids;

    @BeforeAll
    static void start() {
        baler = new Installation();
        ids = IntStream.range(0, RECORDS)
                .mapToObj(n -> new ObjectId().toHexString())
                .toList();
        baler.database()
                .getCollection("activities")
                .insertMany(ids.stream()
                        .map(id -> new Document("_id", new ObjectId(id)).append("action", "LOGIN"))
                        .toList());
    }

    @AfterAll
    static void stop() {
        baler.close();
    }

    @AfterEach
    void forget() {
        baler.forgetJobs();
    }

    static IntStream workers() {
        return Effort.of(0, 1) == 0 ? IntStream.of(2) : IntStream.of(1, 2, 4);
    }

    @ParameterizedTest(name = "{0} workers")
    @MethodSource("workers")
    void eachJobIsDoneOnceWhoeverComesAndGoes(int size) {
        var figures = new Figures("ScalingTest, " + size + " workers of one slot, " + JOBS + " jobs");
        var random = new Random(size);
        var before = baler.finished().size();
        try (var workers = new WorkerPool(
                        baler,
                        size,
                        "--baler.worker.slots=1",
                        "--baler.worker.poll=200ms",
                        "--baler.worker.lease=2s",
                        "--baler.worker.max-records-per-second=" + 2 * RECORDS);
                var idle = new IdleWatch(baler, workers)) {
            workers.awaitReady(size);
            var jobs = requested();
            var began = System.nanoTime();

            for (var ended = 0; ended < JOBS; ended = awaitEnds(Math.min(ended + PEACE, JOBS))) {
                disturb(workers, random, figures);
            }

            figures.longest("all jobs", Duration.ofNanos(System.nanoTime() - began));
            figures.longest("a worker idle while jobs waited", idle.longest());
            assertThat(idle.longest()).isLessThan(FORGOTTEN);
            assertThat(jobs).allSatisfy(ScalingTest::isWhole);
            jobs.forEach(id ->
                    figures.count("claims", baler.jobs().find(id).orElseThrow().epoch()));
            jobs.forEach(id -> announceAsTheCleanupDoes(id, figures));
            assertThat(endsTold(before).keySet()).isEqualTo(new TreeSet<>(jobs));
            assertThat(endsTold(before).values())
                    .as("different ends of one job")
                    .allSatisfy(told -> assertThat(told).hasSize(1));
        }
        figures.print();
    }

    private static List<String> requested() {
        var jobs = new ArrayList<String>();
        for (var n = 0; n < JOBS; n++) {
            var id = JobIds.next();
            baler.request(id, "requester-" + id, "{'filters':{}}");
            jobs.add(id);
        }
        return jobs;
    }

    /** One goes, in order or not, and another comes. */
    private static void disturb(WorkerPool workers, Random random, Figures figures) {
        var ready = workers.ready();
        if (!ready.isEmpty()) {
            var leaving = ready.get(random.nextInt(ready.size()));
            if (random.nextBoolean()) {
                leaving.kill();
                figures.count("killed");
            } else {
                var told = System.nanoTime();
                leaving.tellToStop().join();
                figures.longest("stopping", Duration.ofNanos(System.nanoTime() - told));
                figures.count("told to stop");
            }
        }
        workers.fillUp();
    }

    private static int awaitEnds(int enough) {
        return (int) (long) await().atMost(Duration.ofMinutes(5))
                .until(
                        () -> baler.database()
                                .getCollection("exportJobs")
                                .countDocuments(new Document("status", JobStatus.COMPLETED.value())),
                        ended -> ended >= enough);
    }

    private static void isWhole(String id) {
        var job = baler.jobs().find(id).orElseThrow();
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.gen()).isZero();
        new EveryRecordOnce(ids).holdsFor(baler.archiveOf(job));
    }

    /** Of whoever was killed between the end of a job and its announcement. */
    private static void announceAsTheCleanupDoes(String id, Figures figures) {
        var job = baler.jobs().find(id).orElseThrow();
        if (!job.announced()) {
            figures.count("left for the cleanup to announce");
            baler.events().finished(job);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> baler.jobs().find(id).orElseThrow().announced());
        }
    }

    /** The ids of the ends that were told of each job; one that is told twice has one. */
    private static TreeMap<String, TreeSet<String>> endsTold(int before) {
        var told = new TreeMap<String, TreeSet<String>>();
        baler.finished().stream()
                .skip(before)
                .forEach(message -> told.computeIfAbsent(message.key(), first -> new TreeSet<>())
                        .add(idOf(message)));
        return told;
    }

    private static String idOf(ConsumerRecord<String, byte[]> message) {
        return new String(message.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }
}
