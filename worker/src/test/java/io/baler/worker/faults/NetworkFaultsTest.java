package io.baler.worker.faults;

import static io.baler.job.JobStatus.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.ExportJob;
import io.baler.job.request.JobIds;
import io.baler.worker.Installation;
import io.baler.worker.LargeLogs;
import io.baler.worker.guarantee.EveryRecordOnce;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the network before any of the servers does, an export costs more time, and is otherwise the same. One worker
 * goes through all of it, so it also has to get over what it has seen before.
 */
class NetworkFaultsTest {
    private static final Map<Server, FaultyNetwork> NETWORKS = new EnumMap<>(Server.class);
    /** Longer than the lease, so that a worker that cannot renew loses its claim. */
    private static final Duration OUTAGE = Duration.ofSeconds(3);

    private static Installation baler;
    private static List<String> ids;

    /** Where a fault hits, and at which request. */
    private enum Server {
        /** The commit of a part. */
        JOBS("checkpoint.parts", 200),
        /** The query for all of the records; a cut comes in the middle of the answer. */
        LOGS("batchSize", 5 << 20),
        /** The announcement of the end; what lasts also hits the consumers. */
        KAFKA("producer-", 10),
        /** The second part; a cut comes in the middle of its bytes. */
        S3("partNumber=2", 2 << 20);

        private final String request;
        private final long bytesBeforeCut;

        Server(String request, long bytesBeforeCut) {
            this.request = request;
            this.bytesBeforeCut = bytesBeforeCut;
        }
    }

    @BeforeAll
    static void start() {
        baler = new Installation();
        ids = LargeLogs.fill(baler.database(), 1_500);
        var stack = baler.stack();
        var mongodb = stack.mongodb().port();
        NETWORKS.put(Server.JOBS, FaultyNetwork.before(mongodb));
        NETWORKS.put(Server.LOGS, FaultyNetwork.before(mongodb));
        NETWORKS.put(Server.KAFKA, beforeKafka(stack.kafka().port()));
        NETWORKS.put(Server.S3, FaultyNetwork.before(stack.s3().port()));
        baler.startWorkerElsewhere(
                "--spring.mongodb.uri=" + mongodb(Server.JOBS),
                "--baler.source.uri=" + mongodb(Server.LOGS),
                "--spring.kafka.bootstrap-servers=127.0.0.1:" + port(Server.KAFKA),
                "--baler.s3.endpoint=http://127.0.0.1:" + port(Server.S3),
                "--baler.archive.logs-per-file=100",
                "--baler.archive.part-size=5MB",
                "--baler.worker.poll=200ms",
                "--baler.worker.lease=2s",
                "--baler.worker.max-attempts=20");
    }

    private static FaultyNetwork beforeKafka(int broker) {
        var own = new int[1];
        var network = FaultyNetwork.before(broker, answers -> new AdvertisedPort(answers, broker, own[0]));
        own[0] = network.port();
        return network;
    }

    private static int port(Server server) {
        return NETWORKS.get(server).port();
    }

    private static String mongodb(Server server) {
        return "mongodb://127.0.0.1:" + port(server) + "/baler?serverSelectionTimeoutMS=2000&socketTimeoutMS=2000";
    }

    @AfterAll
    static void stop() {
        baler.close();
        NETWORKS.values().forEach(FaultyNetwork::close);
    }

    @AfterEach
    void mend() {
        NETWORKS.values().forEach(FaultyNetwork::mend);
    }

    @ParameterizedTest(name = "{0} before {1}")
    @MethodSource("faults")
    void anExportOutlives(NetworkFault fault, Server server) {
        var network = NETWORKS.get(server);
        network.strike(fault, server.request, server.bytesBeforeCut);

        var id = request(fault + " before " + server);
        awaitStrike(network, fault.lasts() ? OUTAGE : Duration.ZERO);
        network.mend();

        assertIsAsIfUndisturbed(baler.awaitEnd(id));
        if (server == Server.KAFKA) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> baler.jobs().find(id).orElseThrow().announced());
        }
    }

    /** Each of these is applied, and the worker does not hear it. */
    @ParameterizedTest
    @ValueSource(strings = {"startedAt", "expectedCount", "checkpoint.uploadId", "exportParts", "endedAt"})
    void anExportOutlivesALostAnswerToTheWriteOf(String field) {
        var network = NETWORKS.get(Server.JOBS);
        network.strike(NetworkFault.LOST_ANSWER, field, 0);

        var id = request("write of " + field);
        awaitStrike(network, Duration.ZERO);

        assertIsAsIfUndisturbed(baler.awaitEnd(id));
    }

    private static String request(String requester) {
        var id = JobIds.next();
        baler.request(id, requester, "{'filters':{}}");
        return id;
    }

    private static void awaitStrike(FaultyNetwork network, Duration ago) {
        await().atMost(Duration.ofSeconds(60)).until(() -> network.hasStruckFor(ago));
    }

    private static void assertIsAsIfUndisturbed(ExportJob job) {
        assertThat(job.status()).as(String.valueOf(job.failure())).isEqualTo(COMPLETED);
        assertThat(job.gen()).as("generations begun anew").isZero();
        assertThat(job.checkpoint().parts()).hasSize(3);
        var archive = baler.archiveOf(job);
        new EveryRecordOnce(ids).holdsFor(archive);
        assertThat(job.attachment().sha256()).isEqualTo(archive.sha256());
    }

    static Stream<Arguments> faults() {
        return Arrays.stream(Server.values())
                .flatMap(server -> Arrays.stream(NetworkFault.values()).map(fault -> Arguments.of(fault, server)));
    }
}
