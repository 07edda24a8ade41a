package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import io.baler.standalone.stack.NewSigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three executable jars and three servers, six processes. The services are told everything by the environment
 * variables that {@code docker-compose.yml} has for them, with the servers' addresses on this host: a name that is wrong
 * there fails here.
 */
@EnabledIf("jarsAreBuilt")
class ThreeProcessesTest {
    private static final Logger log = LoggerFactory.getLogger(ThreeProcessesTest.class);
    private static final String TOKEN = "a-token-of-more-than-thirty-two-characters";
    private static final String BUCKET = "baler";
    private static final int RECORDS = 5_000;
    private static final String YEAR_2023 = "{\"filters\":{\"dateFrom\":\"2023-01-01\",\"dateTo\":\"2023-12-31\"}}";
    /** Six processes may have to share two processors with other tests. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<AutoCloseable> PROCESSES = new ArrayList<>();
    private static final List<String> IDS = new ArrayList<>();

    @TempDir
    private static Path directory;

    private static Map<String, ServerUnderTest> servers = Map.of();
    private static Map<String, ServiceUnderTest> services = Map.of();
    private static RestCalls calls = new RestCalls("", "");

    static boolean jarsAreBuilt() {
        var built = Stream.of("api", "worker", "cleanup").allMatch(ExecutableJar::isOfThisBuild);
        if (!built) {
            log.warn("skipped: the services' jars are not of this build; ./mvnw package makes them");
        }
        return built;
    }

    @BeforeAll
    static void start() {
        servers = new TreeMap<>();
        for (var name : List.of("mongodb", "kafka", "s3")) {
            var server = ServerUnderTest.starting(name, directory, BUCKET);
            PROCESSES.add(server);
            servers.put(name, server);
        }
        servers.values().forEach(ServerUnderTest::awaitReady);
        logs();
        var port = ServiceUnderTest.freePort();
        calls = new RestCalls("http://127.0.0.1:" + port, TOKEN);
        services = new TreeMap<>();
        for (var name : List.of("api", "worker", "cleanup")) {
            var environment = environment(name);
            if (name.equals("api")) {
                // published as 8080, which may be taken here
                environment.put("SERVER_PORT", String.valueOf(port));
            }
            var service = ServiceUnderTest.start(name, directory, environment);
            PROCESSES.add(service);
            services.put(name, service);
        }
        everyProbe("/readiness", 200);
    }

    @AfterAll
    static void stop() throws Exception {
        Collections.reverse(PROCESSES);
        for (var process : PROCESSES) {
            process.close();
        }
        PROCESSES.clear();
    }

    /** As in the file, with this host's addresses for the ones within its network. */
    private static Map<String, String> environment(String service) {
        var s3 = server("s3");
        var environment = ComposeFile.environment(
                service,
                Map.of(
                        "S3_ACCESS_KEY", s3.accessKey(),
                        "S3_SECRET_KEY", s3.secretKey(),
                        "BALER_TOKEN", TOKEN,
                        "BALER_SIGNING_KEY", NewSigningKey.pem().replaceAll("-----.*?-----|\n", "")));
        environment.replaceAll((name, value) -> value.replace("mongodb:27017", "127.0.0.1:" + port("mongodb"))
                .replace("kafka:9092", "127.0.0.1:" + port("kafka"))
                .replace("s3:7070", "127.0.0.1:" + s3.port())
                .replace("localhost:7070", "localhost:" + s3.port())
                // the embedded server is a member of none; and tests are less patient
                .replace("?replicaSet=rs0", "?serverSelectionTimeoutMS=2000"));
        return environment;
    }

    private static ServerUnderTest server(String name) {
        return Objects.requireNonNull(servers.get(name));
    }

    private static int port(String server) {
        return server(server).port();
    }

    private static void logs() {
        var logs = IntStream.range(0, RECORDS)
                .mapToObj(n -> new Document("_id", new ObjectId())
                        .append("createdAt", Date.from(Instant.parse("2023-05-01T00:00:00Z"))))
                .toList();
        try (var mongo = MongoClients.create("mongodb://127.0.0.1:" + port("mongodb"))) {
            mongo.getDatabase("baler").getCollection("activities").insertMany(logs);
        }
        logs.forEach(it -> IDS.add(it.getObjectId("_id").toHexString()));
    }

    @Test
    void anExportIsRequestedFollowedAndDownloadedOverHttp() {
        exportsEveryRecord();
    }

    @Test
    void eachServiceTellsItsOwnMetrics() {
        exportsEveryRecord();

        assertThat(service("api").metrics())
                .containsPattern("http_server_requests_seconds_count\\{[^}]*uri=\"/api/v1/exports\"");
        assertThat(service("worker").metrics())
                .containsPattern("baler_worker_records_total [1-9]")
                .contains("baler_worker_slots 2.0");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service("cleanup").metrics())
                        .contains("baler_exports{status=\"completed\"}", "baler_cleanup_last_round_seconds"));
        for (var service : services.values()) {
            assertThat(service.metrics()).contains("baler_s3_calls_seconds", "jvm_memory_used_bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mongodb", "kafka"})
    void aServerThatGoesAwayMakesThemNotReadyUntilItIsBackAndNothingElse(String name) {
        everyProbe("", 200);

        server(name).kill();

        everyProbe("/readiness", 503);
        assertThat(ofEach(service -> service.probe("/liveness"))).containsOnly(200);
        assertThat(ofEach(service -> service.healthCheck("readiness"))).containsOnly(1);
        assertThat(ofEach(service -> service.healthCheck("liveness"))).containsOnly(0);

        server(name).startAgain();

        everyProbe("/readiness", 200);
        everyProbe("", 200);
        assertThat(ofEach(service -> service.healthCheck("readiness"))).containsOnly(0);
        exportsEveryRecord();
    }

    private static ServiceUnderTest service(String name) {
        return Objects.requireNonNull(services.get(name));
    }

    private static void everyProbe(String probe, int status) {
        await("health" + probe + " answers " + status)
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(ofEach(service -> service.probe(probe))).containsOnly(status));
    }

    /** All at once: a probe that finds no database takes as long as the driver looks for one. */
    private static List<Integer> ofEach(Function<ServiceUnderTest, CompletableFuture<Integer>> question) {
        return services.values().stream().map(question).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static void exportsEveryRecord() {
        var export = calls.accepted(YEAR_2023);
        calls.awaitCompleted(export);

        assertThat(calls.link(export)).asString().startsWith("http://localhost:" + port("s3") + "/");
        assertThat(ZipRecords.in(calls.download(export, directory)).stream()
                        .map(record -> record.get("_id").asString()))
                .isEqualTo(IDS);
    }
}
