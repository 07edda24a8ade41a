package io.baler.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.ExportJob;
import io.baler.job.JobStatus;
import io.baler.job.request.JobIds;
import io.baler.local.KafkaServer;
import io.baler.worker.Effort;
import io.baler.worker.Installation;
import io.baler.worker.guarantee.EveryRecordOnce;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka goes away while exports are requested, restarted and cancelled, and comes back; then everything that it ever
 * said is said again, twice and in any order. Every request that was accepted ends as it should.
 */
class KafkaOutageTest {
    private static final int OUTAGE_SECONDS = Effort.of(10, 60);
    private static final int REQUESTS_PER_SECOND = 3;
    private static final int RECORDS = 200;

    @TempDir
    private static Path directory;

    private final Random random = new Random(7);
    private final Map<String, JobStatus> expected = Collections.synchronizedMap(new LinkedHashMap<>());
    private final AtomicInteger requests = new AtomicInteger();
    private Installation baler;

    @Test
    @SuppressWarnings("try") // the load ends before the test does
    void everyAcceptedRequestEndsAsItShould() {
        var figures = new Figures("KafkaOutageTest, " + OUTAGE_SECONDS + " s without a broker");
        var broker = KafkaServer.start(directory, 0);
        var port = broker.port();
        try (var installation = new Installation(broker);
                var load = new Load()) {
            baler = installation;
            var ids = fill();
            IntStream.range(0, 2)
                    .forEach(n -> baler.startWorkerAtBroker(
                            "--baler.worker.slots=2", "--baler.worker.poll=200ms", "--baler.worker.lease=2s"));
            load.begin();
            awaitRequests(10);

            broker.close();
            var ended = endedSoFar();
            awaitRequests(OUTAGE_SECONDS * REQUESTS_PER_SECOND);
            figures.count("ended meanwhile", endedSoFar() - ended);
            broker = KafkaServer.start(directory, port);
            awaitRequests(10);
            load.close();
            awaitEnds();
            repeatEverything(figures);

            awaitEnds();
            figures.count("requests", expected.size());
            assertThat(expected).allSatisfy((id, status) -> {
                var job = find(id);
                assertThat(job.status()).as(id + " " + job.failure()).isEqualTo(status);
                figures.count(status.value());
                if (status == JobStatus.COMPLETED) {
                    new EveryRecordOnce(ids).holdsFor(baler.archiveOf(job));
                }
            });
        } finally {
            broker.close();
        }
        figures.print();
    }

    private List<String> fill() {
        var ids = IntStream.range(0, RECORDS)
                .mapToObj(n -> new ObjectId().toHexString())
                .toList();
        baler.database()
                .getCollection("activities")
                .insertMany(ids.stream()
                        .map(id -> new Document("_id", new ObjectId(id)).append("action", "LOGIN"))
                        .toList());
        return ids;
    }

    /** Somebody who asks for exports, and now and then changes his or her mind. */
    private final class Load implements AutoCloseable {
        private final java.util.concurrent.ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor();

        void begin() {
            timer.scheduleAtFixedRate(this::request, 0, 1_000 / REQUESTS_PER_SECOND, TimeUnit.MILLISECONDS);
        }

        private void request() {
            var id = JobIds.next();
            // as the api does it: the database first, then the bell, for which nobody waits
            baler.create(id, "requester-" + id, "{'filters':{}}");
            expected.put(id, JobStatus.COMPLETED);
            baler.events().requested(find(id));
            switch (random.nextInt(6)) {
                case 0 -> baler.tryRestart(id);
                case 1 -> {
                    if (baler.tryCancel(id)) {
                        expected.put(id, JobStatus.CANCELLED);
                    }
                }
                default -> {
                    // as it is
                }
            }
            requests.incrementAndGet();
        }

        @Override
        public void close() {
            timer.shutdown();
            try {
                assertThat(timer.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The load goes on at its own pace, so this is how time passes. */
    private void awaitRequests(int more) {
        var enough = requests.get() + more;
        await().atMost(Duration.ofMinutes(3)).until(() -> requests.get() >= enough);
    }

    private void awaitEnds() {
        await().atMost(Duration.ofMinutes(3)).until(() -> endedSoFar() == expected.size());
    }

    private long endedSoFar() {
        return List.copyOf(expected.keySet()).stream()
                .filter(id -> find(id).status().isFinished())
                .count();
    }

    private ExportJob find(String id) {
        return baler.jobs().find(id).orElseThrow();
    }

    private void repeatEverything(Figures figures) {
        var said = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var topic : List.of("requested", "restart", "cancel", "expire")) {
            var messages = baler.messages("baler.export." + topic);
            Stream.of(messages, messages).forEach(said::addAll);
        }
        Collections.shuffle(said, random);
        said.forEach(baler::repeat);
        figures.count("messages repeated", said.size());
        // behind all of them in each partition, so that they have been heard
        var last = IntStream.range(0, 24).mapToObj(n -> JobIds.next()).toList();
        last.forEach(id -> {
            baler.request(id, "requester-" + id, "{'filters':{}}");
            expected.put(id, JobStatus.COMPLETED);
        });
    }
}
