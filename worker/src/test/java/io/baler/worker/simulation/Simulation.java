package io.baler.worker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.cleanup.CleanupRound;
import io.baler.job.Change;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.JobDatabase;
import io.baler.job.JobQueries;
import io.baler.job.JobStatus;
import io.baler.job.JobStore;
import io.baler.job.LogFilters;
import io.baler.job.NewJob;
import io.baler.job.Selection;
import io.baler.job.events.ExportEvents;
import io.baler.job.storage.ArchiveKeys;
import io.baler.worker.guarantee.Archive;
import io.baler.worker.guarantee.EveryRecordOnce;
import io.baler.worker.guarantee.SameBytesAsUndisturbed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** One schedule: an export from its request to its end, what disturbs it on the way, and what must hold afterwards. */
final class Simulation {
    static final String JOB = "64b0000000000000000000e1";

    private static final int MOST_FAULTS = 12;
    private static final int DAYS_OF_CLEANUP = 3;
    private static final Duration LONGEST = Duration.ofHours(3);
    /** Longer than any delayed call, stall or message. */
    private static final Duration AFTERMATH = Duration.ofMinutes(2);

    private final Lane lane;
    private final Random random;
    private final Shape shape;
    private final Story story;
    private final World world;
    private final JobStore jobs;
    private final ExportEvents events;
    private boolean toldEverything;
    private long calmSince = -1;

    private Simulation(Lane lane, Shape shape, Story story, Random random, int faults) {
        this.lane = lane;
        this.random = random;
        this.shape = shape;
        this.story = story;
        this.world = new World(lane, shape, random, new Faults(random, faults));
        var api = new Host("api");
        this.jobs = new JobStore(
                JobDatabase.template(new SimpleMongoClientDatabaseFactory(world.mongo(api), lane.database())));
        this.events = SimulatedWorker.events(world, api, jobs);
    }

    static Simulation of(Lane lane, long seed) {
        var random = new Random(seed);
        var shape = Shape.any(random);
        var story = Story.values()[random.nextInt(Story.values().length)];
        return new Simulation(lane, shape, story, random, random.nextInt(MOST_FAULTS + 1));
    }

    static Simulation undisturbed(Lane lane, Shape shape) {
        return new Simulation(lane, shape, Story.WAIT, new Random(0), 0);
    }

    Shape shape() {
        return shape;
    }

    /** What is left of it. */
    record Outcome(ExportJob job, @Nullable Archive archive) {}

    /** Runs it to its end and checks everything but the bytes. */
    Outcome run() {
        lane.forgetJobs();
        try {
            var workers = 1 + random.nextInt(3);
            for (int i = 0; i < workers; i++) {
                world.startWorker();
            }
            world.scheduler().spawn(new Host("operator"), this::operate);
            world.scheduler().spawn(new Host("person"), this::tell);
            world.scheduler().runUntil(this::isOver, LONGEST);
            var ended = job();
            letPass(AFTERMATH);
            assertThat(job())
                    .as("a job that has ended changes no more")
                    .usingRecursiveComparison()
                    .ignoringFields("announced", "updatedAt", "garbage")
                    .isEqualTo(ended);
            cleanUp();
            return judge(ended);
        } finally {
            world.scheduler().end();
        }
    }

    private ExportJob job() {
        return new JobStore(JobDatabase.template(world.undisturbed())).find(JOB).orElseThrow();
    }

    private boolean isOver() {
        var status = world.observer().status();
        var over = toldEverything
                && (status.equals("completed") || status.equals("cancelled") || status.equals("expired"));
        checkThatItMoves();
        return over;
    }

    private void checkThatItMoves() {
        if (world.faults().areOver() && toldEverything) {
            var now = world.scheduler().nanos();
            calmSince = calmSince < 0 ? now : calmSince;
            if (now - calmSince > AFTERMATH.toNanos()) {
                assertThat(Duration.ofNanos(world.observer().stuckFor()))
                        .as("how long the job has not moved")
                        .isLessThan(world.lease().multipliedBy(3));
            }
        }
    }

    private void letPass(Duration time) {
        var until = world.scheduler().nanos() + time.toNanos();
        world.scheduler().runUntil(() -> world.scheduler().nanos() >= until, time.plusMinutes(1));
    }

    /** The sweeps, as they would run on the days after. */
    private void cleanUp() {
        world.faults().end();
        var host = new Host("cleanup");
        var mongo = JobDatabase.template(new SimpleMongoClientDatabaseFactory(world.mongo(host), lane.database()));
        var store = new JobStore(mongo);
        var round = new CleanupRound(
                store,
                new JobQueries(mongo),
                SimulatedWorker.bucket(world, host),
                ArchiveKeys.of(SimulatedWorker.BUCKET, JobDatabase.template(world.undisturbed())),
                SimulatedWorker.events(world, host, store));
        var swept = new AtomicBoolean();
        world.scheduler().spawn(host, () -> {
            for (int day = 1; day <= DAYS_OF_CLEANUP; day++) {
                world.waitLong(Duration.ofDays(1));
                round.run(Duration.ofHours(1), Clock.fixed(world.now(), ZoneOffset.UTC));
            }
            swept.set(true);
        });
        world.scheduler().runUntil(() -> swept.get() && job().announced(), LONGEST);
    }

    // ---- what people do

    /** Starts what has died, and lets the database's clock jump now and then. */
    private void operate() {
        while (true) {
            world.scheduler().pass(Duration.ofMillis(500L + random.nextInt(15_000)));
            world.replaceDead();
            if (!world.faults().areOver() && random.nextInt(6) == 0) {
                world.databaseJumpsAhead();
            }
        }
    }

    private void tell() {
        var request = new NewJob(
                JOB,
                "auditor",
                LogFilters.NONE,
                new Selection(null, lane.database(), Lane.collection(shape.records()), "user", "action", "createdAt"),
                "f00d".repeat(16),
                shape.format(),
                Instant.parse("2025-12-31T00:00:00Z"));
        var created = untilAnswered(() -> jobs.create(request));
        if (created instanceof Creation.Created fresh) {
            events.requested(fresh.job());
        }
        act();
        toldEverything = true;
        while (true) {
            world.scheduler().pass(Duration.ofSeconds(1));
            resumeIfFailed();
        }
    }

    private void act() {
        world.scheduler().pass(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 600 : 30_000)));
        switch (story) {
            case WAIT -> {}
            case RESTART -> change(jobs::restart, events::restarted);
            case CANCEL -> change(jobs::cancel, events::cancelled);
            case EXPIRE -> change(id -> jobs.expire(id, Duration.ofMillis(1)), events::expired);
            case RESTART_THEN_CANCEL -> {
                change(jobs::restart, events::restarted);
                world.scheduler().pass(Duration.ofMillis(random.nextInt(1_000)));
                change(jobs::cancel, events::cancelled);
            }
            case SHUT_WORKERS_DOWN -> world.workers().forEach(SimulatedWorker::shutDown);
        }
    }

    private void resumeIfFailed() {
        if (world.observer().status().equals(JobStatus.FAILED.value())) {
            change(jobs::resume, events::requested);
        }
    }

    private void change(Function<String, Change> wish, java.util.function.Consumer<ExportJob> announcement) {
        if (untilAnswered(() -> wish.apply(JOB)) instanceof Change.Changed changed) {
            announcement.accept(changed.job());
        }
    }

    /** People try again when they get no answer. */
    private <T> T untilAnswered(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (RuntimeException unanswered) {
                world.scheduler().pass(Duration.ofSeconds(1));
            }
        }
    }

    // ---- what must hold

    private Outcome judge(ExportJob job) {
        var objects = world.bucket().objects();
        var attachment = job.attachment();
        assertThat(world.bucket().uploads()).as("uploads that nobody refers to").isEmpty();
        assertThat(objects.keySet())
                .as("objects in the bucket")
                .isEqualTo(attachment == null ? Set.of() : Set.copyOf(ArchiveKeys.objectsOf(attachment.key())));
        assertThat(job().garbage()).as("garbage that is not swept").isEmpty();
        assertThat(lane.audits().countDocuments(new Document("_id", JOB + ":requested")))
                .as("records of the request in the audit trail")
                .isOne();
        assertThat(lane.audits()
                        .countDocuments(new Document(
                                "_id",
                                JOB + ":" + job.epoch() + ":" + job.status().value())))
                .as("records of the end in the audit trail")
                .isOne();
        if (attachment == null) {
            assertThat(job.status() == JobStatus.COMPLETED && shape.records() > 0)
                    .as("completed without an archive")
                    .isFalse();
            return new Outcome(job, null);
        }
        var stored = Objects.requireNonNull(objects.get(attachment.key()), "the archive's object");
        var manifest = objects.get(ArchiveKeys.manifestKeyOf(job.format(), attachment.key()));
        var archive = job.format().holdsManifest()
                ? new Archive(stored.bytes())
                : new Archive(stored.bytes(), manifest.bytes());
        new EveryRecordOnce(Lane.expectedIds(shape.records())).holdsFor(archive);
        assertThat(attachment.etag()).isEqualTo(stored.etag());
        new SameBytesAsUndisturbed(archive).holdsFor(job, archive);
        return new Outcome(job, archive);
    }

    World world() {
        return world;
    }
}
