package io.baler.worker.simulation;

import com.mongodb.client.MongoClient;
import io.baler.worker.engine.WorkerSettings;
import io.baler.worker.format.Format;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** Everything a schedule has: the servers, the network between, the workers, and what the time is. */
final class World {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MOST_SKEW_SECONDS = 600;

    private final Lane lane;
    private final Shape shape;
    private final Random random;
    private final Scheduler scheduler;
    private final Faults faults;
    private final Network network;
    private final StoredUploads bucket = new StoredUploads(this::now);
    private final JobObserver observer;
    private final WorkerSettings settings;
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private Duration databaseAhead = Duration.ZERO;
    private int started;

    World(Lane lane, Shape shape, Random random, Faults faults) {
        this.lane = lane;
        this.shape = shape;
        this.random = random;
        this.faults = faults;
        this.scheduler = new Scheduler(random);
        this.network = new Network(scheduler, random, faults);
        this.observer = new JobObserver(lane.jobs(), scheduler);
        this.settings = new WorkerSettings(
                1 + random.nextInt(2), Duration.ofSeconds(10), Duration.ofSeconds(2), 2 + random.nextInt(4));
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Network network() {
        return network;
    }

    Faults faults() {
        return faults;
    }

    StoredUploads bucket() {
        return bucket;
    }

    JobObserver observer() {
        return observer;
    }

    Format.Limits limits() {
        return shape.limits();
    }

    String database() {
        return lane.database();
    }

    Duration lease() {
        return settings.lease();
    }

    MongoClient mongo(Host host) {
        return SimulatedMongo.client(lane.client(), network, host, this::now, observer::look);
    }

    SimpleMongoClientDatabaseFactory undisturbed() {
        return new SimpleMongoClientDatabaseFactory(lane.client(), lane.database());
    }

    // ---- time

    /** What the database says. */
    Instant now() {
        return BEGIN.plusNanos(scheduler.nanos()).plus(databaseAhead);
    }

    /** A new primary whose clock is ahead: all leases have lapsed, whether or not their workers live. */
    void databaseJumpsAhead() {
        databaseAhead = databaseAhead.plusSeconds(random.nextInt(MOST_SKEW_SECONDS));
    }

    /** Nothing happens for so long. */
    void waitLong(Duration time) {
        databaseAhead = databaseAhead.plus(time);
    }

    /** A host's clock of the day. */
    Clock skewedClock() {
        var skew = Duration.ofSeconds(random.nextInt(2 * MOST_SKEW_SECONDS) - MOST_SKEW_SECONDS);
        return Clock.fixed(BEGIN.plus(skew), java.time.ZoneOffset.UTC);
    }

    // ---- workers

    void startWorker() {
        var worker = new SimulatedWorker(this, Host.worker("worker-" + ++started), settings);
        workers.add(worker);
        worker.start();
    }

    /** Replaces those that have died. */
    void replaceDead() {
        var dead = workers.stream().filter(worker -> worker.host().isDead()).toList();
        workers.removeAll(dead);
        dead.forEach(worker -> startWorker());
    }

    List<SimulatedWorker> workers() {
        return List.copyOf(workers);
    }

    /** A message arrives: a request at one worker, a hint at all of them. */
    void deliver(ProducerRecord<String, byte[]> message) {
        if (message.topic().equals(SimulatedWorker.TOPICS.requested())) {
            workers.get(random.nextInt(workers.size())).onRequest(message.key());
        } else if (!message.topic().equals(SimulatedWorker.TOPICS.finished())) {
            workers.forEach(worker -> worker.onHint(message.key()));
        }
    }
}
