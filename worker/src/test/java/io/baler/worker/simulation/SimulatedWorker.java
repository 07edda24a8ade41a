package io.baler.worker.simulation;

import io.baler.job.JobDatabase;
import io.baler.job.JobStore;
import io.baler.job.audit.AuditSettings;
import io.baler.job.audit.AuditTrail;
import io.baler.job.events.ExportEvents;
import io.baler.job.events.Topics;
import io.baler.job.source.LogDatabase;
import io.baler.job.source.SourceSettings;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import io.baler.job.storage.S3Settings;
import io.baler.worker.dispatch.WorkerSlots;
import io.baler.worker.engine.EngineParts;
import io.baler.worker.engine.WorkerSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** One worker process, made of the real classes on a simulated machine. */
final class SimulatedWorker {
    static final Topics TOPICS = new Topics("baler.");
    private static final S3Presigner NO_LINKS = S3Presigner.builder()
            .region(software.amazon.awssdk.regions.Region.US_EAST_1)
            .build();
    static final S3Settings BUCKET = new S3Settings(null, null, null, "exports", true, "", null, null, null);
    private static final SourceSettings SOURCE = new SourceSettings(
            null,
            null,
            "activities",
            new SourceSettings.Fields("user", "action", "createdAt"),
            new SourceSettings.Users("", "username"),
            List.of(),
            new SourceSettings.Read("primary", Map.of()),
            Duration.ZERO);

    private static final Duration LAZILY = Duration.ofSeconds(30);

    private final Host host;
    private final World world;
    private final WorkerSettings settings;
    private final WorkerSlots slots;

    SimulatedWorker(World world, Host host, WorkerSettings settings) {
        this.host = host;
        this.world = world;
        this.settings = settings;
        var machine = new SimulatedMachine(world.scheduler(), host);
        var client = world.mongo(host);
        var mongo = JobDatabase.template(new SimpleMongoClientDatabaseFactory(client, world.database()));
        var jobs = new JobStore(mongo);
        var bucket = bucket(world, host);
        var parts = new EngineParts(
                jobs,
                new LogDatabase(client, world.database(), SOURCE),
                bucket,
                // through the server itself: a start is not what is disturbed here
                ArchiveKeys.of(BUCKET, JobDatabase.template(world.undisturbed())),
                events(world, host, jobs));
        var clock = world.skewedClock();
        this.slots = new WorkerSlots(
                jobs, parts.runner(world.limits(), settings, clock, machine), settings, host.toString(), machine);
    }

    static ExportBucket bucket(World world, Host host) {
        return new ExportBucket(new SimulatedS3(world.bucket(), world.network(), host), NO_LINKS, BUCKET.bucket());
    }

    static ExportEvents events(World world, Host host, JobStore jobs) {
        return new ExportEvents(
                new SimulatedKafka(world.network(), host, world::deliver),
                TOPICS,
                jobs,
                new AuditTrail(
                        JobDatabase.template(new SimpleMongoClientDatabaseFactory(world.mongo(host), world.database())),
                        new AuditSettings("exportAudits"),
                        Clock.systemUTC()),
                new SimulatedThreads(world.scheduler(), host, 1));
    }

    Host host() {
        return host;
    }

    /** Begins to look for waiting jobs by itself. */
    void start() {
        world.scheduler().spawn(host, () -> {
            while (true) {
                // once the job has ended there is nothing to find, but there may be something to disturb
                world.scheduler().pass(world.observer().hasEnded() ? LAZILY : settings.poll());
                quietly(slots::startWhatWaits);
            }
        });
    }

    void onRequest(String jobId) {
        world.scheduler().spawn(host, () -> quietly(() -> slots.start(jobId)));
    }

    void onHint(String jobId) {
        world.scheduler().spawn(host, () -> quietly(() -> slots.verify(jobId)));
    }

    /** SIGTERM: what runs is given back, then the process ends. */
    void shutDown() {
        world.scheduler().spawn(host, () -> {
            slots.stop();
            host.crash();
            world.scheduler().step();
        });
    }

    /** As the listeners and the poll do: MongoDB will be asked again. */
    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException unanswered) {
            // the next message or the next look does it
        }
    }
}
