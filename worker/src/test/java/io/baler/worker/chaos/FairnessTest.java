package io.baler.worker.chaos;

import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.EXPORTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.ExportJob;
import io.baler.worker.Installation;
import io.baler.worker.LargeLogs;
import io.baler.worker.chaos.SlowLine.Rates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** No job waits while a worker is idle, whichever way it became known, and who has waited longest comes first. */
@SuppressWarnings("try") // a worker that is only there to work
class FairnessTest {
    private static final Rates AS_GOOD_AS_STUCK = new Rates(64 << 10, 1 << 20);
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final Latencies waits =
            new Latencies("FairnessTest, from a request to its claim while one of two workers is busy");
    private static Installation baler;

    @BeforeAll
    static void start() {
        baler = new Installation();
        LargeLogs.fill(baler.database(), 1_000);
    }

    @AfterAll
    static void stop() {
        waits.print();
        baler.close();
    }

    @AfterEach
    void forgetJobs() {
        baler.forgetJobs();
    }

    @Test
    void noJobWaitsBehindABusyWorkerWhileAnotherIsIdle() {
        try (var line = SlowLine.to(baler.stack().s3().port(), AS_GOOD_AS_STUCK);
                var busy = worker("--baler.s3.endpoint=http://127.0.0.1:" + line.port())) {
            var large = baler.request("{'filters':{}}");
            var claimed = soon().until(() -> find(large), job -> job.status() == EXPORTING);
            worker();
            var behindIt = soon().until(() -> partitionsOf(busy), partitions -> partitions.size() == 3);

            var small = IntStream.range(0, 12).mapToObj(this::createSmall).toList();
            var partitions = small.stream().map(baler::ring).toList();

            assertThat(partitions).as("where the messages went").containsAnyElementsOf(behindIt);
            assertThat(small).map(baler::awaitEnd).allSatisfy(job -> {
                assertThat(job.status()).isEqualTo(COMPLETED);
                waits.add(Duration.between(job.createdAt(), job.startedAt()));
            });
            assertThat(find(large).status()).isEqualTo(EXPORTING);
            assertThat(find(large).epoch()).isEqualTo(claimed.epoch());
        }
    }

    @Test
    void jobsWhoseMessageWasLostAreDoneInTheOrderOfTheirRequests() {
        var jobs = IntStream.range(0, 6).mapToObj(this::createSmall).toList();

        try (var worker = worker()) {
            assertThat(inOrderOfTheirEnds(jobs)).isEqualTo(jobs);
        }
    }

    @Test
    void jobsOfDeadWorkersAreDoneInTheOrderOfTheirRequests() {
        var jobs = IntStream.range(0, 6).mapToObj(this::createSmall).toList();
        jobs.forEach(id -> baler.jobs().claim(id, "1@dead", LEASE).orElseThrow());
        letLeasesLapse();

        try (var worker = worker()) {
            assertThat(inOrderOfTheirEnds(jobs)).isEqualTo(jobs);
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    /** Not by a short lease: where there is little CPU, the worker that comes after could not keep it either. */
    private static void letLeasesLapse() {
        baler.database()
                .getCollection("exportJobs")
                .updateMany(new Document(), new Document("$set", new Document("lease.renewedAt", new Date(0))));
    }

    private List<String> inOrderOfTheirEnds(List<String> jobs) {
        return jobs.stream()
                .map(baler::awaitEnd)
                .sorted(Comparator.comparing(ExportJob::endedAt))
                .map(ExportJob::id)
                .toList();
    }

    private String createSmall(int number) {
        return baler.create("{'filters':{'actions':['NEVER_HAPPENED_" + number + "']}}");
    }

    private ExportJob find(String id) {
        return baler.jobs().find(id).orElseThrow();
    }

    private ConfigurableApplicationContext worker(String... more) {
        var properties = new ArrayList<>(List.of("--baler.worker.slots=1", "--baler.worker.poll=100ms"));
        properties.addAll(List.of(more));
        return baler.startWorker(properties.toArray(String[]::new));
    }

    private static List<Integer> partitionsOf(ConfigurableApplicationContext worker) {
        var container = worker.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer("baler-requests");
        return Objects.requireNonNull(container).getAssignedPartitions().stream()
                .map(TopicPartition::partition)
                .toList();
    }
}
