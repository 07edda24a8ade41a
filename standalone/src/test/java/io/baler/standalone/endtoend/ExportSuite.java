package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.baler.api.ApiApplication;
import io.baler.cleanup.CleanupApplication;
import io.baler.job.start.ServiceDefaults;
import io.baler.standalone.stack.NewSigningKey;
import io.baler.worker.WorkerApplication;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What Baler promises whatever servers it stands on: the three services as people and producers use them, by HTTP and by
 * message. A subclass says which servers. Each test has logs of its own, told apart by their action.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ExportSuite {
    private static final String TOKEN = "a-token-of-more-than-thirty-two-characters";
    private static final int RIVALS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ObjectId ADA = new ObjectId("64b0000000000000000000a1");
    private static final ObjectId GRACE = new ObjectId("64b0000000000000000000b2");

    @TempDir
    private Path directory;

    private final String signingKey = NewSigningKey.pem();
    private Map<String, String> servers;
    private MongoClient mongo;
    private ConfigurableApplicationContext api;
    private ConfigurableApplicationContext worker;
    private ConfigurableApplicationContext cleanup;
    private RestCalls calls;

    /** Where the servers are, as properties of the services; the bucket is there. */
    abstract Map<String, String> servers();

    @BeforeAll
    void start() {
        servers = servers();
        mongo = MongoClients.create(String.valueOf(servers.get("spring.mongodb.uri")));
        database()
                .getCollection("users")
                .insertMany(List.of(
                        new Document("_id", ADA).append("username", "ada"),
                        new Document("_id", GRACE).append("username", "grace")));
        api = start(ApiApplication.class, WebApplicationType.SERVLET, Map.of());
        worker = startWorker(Map.of());
        cleanup = start(CleanupApplication.class, WebApplicationType.NONE, Map.of("baler.cleanup.interval", "1s"));
        calls = new RestCalls("http://127.0.0.1:" + api.getEnvironment().getProperty("local.server.port"), TOKEN);
    }

    @AfterAll
    void stop() {
        Stream.of(api, worker, cleanup, mongo).forEach(ExportSuite::close);
    }

    /** One that did not start must not keep the others running. */
    private static void close(AutoCloseable started) {
        if (started != null) {
            try {
                started.close();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    private ConfigurableApplicationContext startWorker(Map<String, String> settings) {
        return start(WorkerApplication.class, WebApplicationType.NONE, settings);
    }

    private ConfigurableApplicationContext start(Class<?> service, WebApplicationType type, Map<String, String> more) {
        var properties = new HashMap<>(ServiceDefaults.properties());
        properties.put("logging.level.root", "warn");
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        properties.put("management.server.port", "-1");
        properties.put("baler.api.token", TOKEN);
        properties.put("baler.signing.key", signingKey);
        properties.put("baler.source.settle", "0s");
        properties.putAll(servers);
        properties.putAll(more);
        return new SpringApplicationBuilder(service)
                .web(type)
                .profiles("embedded")
                .properties(properties)
                .run();
    }

    final MongoDatabase database() {
        return mongo.getDatabase("baler");
    }

    final MongoDatabase admin() {
        return mongo.getDatabase("admin");
    }

    final RestCalls calls() {
        return calls;
    }

    final <T> T ofWorker(Class<T> type) {
        return worker.getBean(type);
    }

    @Test
    void everyRecordIsExportedOnceInOrder() {
        var ids = logs("EVERY", 25_000);

        var export = calls.accepted(action("EVERY"));

        assertThat(calls.awaitCompleted(export).at("/progress/exported").asLong())
                .isEqualTo(25_000);
        assertThat(exported(export)).isEqualTo(ids);
    }

    @Test
    void filtersSelectExactlyWhatMatches() {
        var logs = Stream.of(
                        log("FILTERED", ADA, "2023-01-01T10:00:00Z"),
                        log("FILTERED", ADA, "2023-01-02T10:00:00Z"),
                        log("FILTERED", ADA, "2023-01-03T10:00:00Z"),
                        log("FILTERED", GRACE, "2023-01-02T10:00:00Z"),
                        log("OTHER", ADA, "2023-01-02T10:00:00Z"))
                .toList();
        database().getCollection("activities").insertMany(logs);

        var export = calls.accepted("{\"filters\":{\"usernames\":[\"ada\"],\"actions\":[\"FILTERED\"],"
                + "\"dateFrom\":\"2023-01-01T10:00:00Z\",\"dateTo\":\"2023-01-02T10:00:00Z\"}}");
        calls.awaitCompleted(export);

        assertThat(exported(export)).isEqualTo(ids(logs.subList(0, 2)));
    }

    @Test
    void whatNothingMatchesIsCompletedWithoutAnArchive() {
        var export = calls.accepted(action("NEVER"));
        calls.awaitCompleted(export);

        assertThat(calls.get(export + "/archive").statusCode()).isEqualTo(404);
    }

    @Test
    void ofAllWhoAskForTheSameAtOnceOneIsFirst() {
        logs("RACED", 10);

        var answers = atOnce(() -> calls.request(action("RACED")));

        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 202)
                .hasSize(1)
                .allSatisfy(first -> calls.awaitCompleted(location(first)));
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202, 409);
        // what has ended is in nobody's way
        calls.awaitCompleted(calls.accepted(action("RACED")));
    }

    @Test
    void aRequestThatIsSentAgainUnderItsKeyIsTheOneExport() {
        logs("REPEATED", 10);

        var answers = atOnce(() -> calls.request(action("REPEATED"), "Idempotency-Key", "\"of-this-suite\""));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
        assertThat(answers.stream().map(ExportSuite::location).distinct()).hasSize(1);
        calls.awaitCompleted(location(answers.get(0)));
    }

    @Test
    void aRequestByMessageIsAnExportAndOneThatIsNoneDoesNotBlockIt() {
        var ids = logs("BY_MESSAGE", 10);
        var job = new ObjectId().toHexString();
        var bad = new ObjectId().toHexString();

        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers.get("spring.kafka.bootstrap-servers")),
                new StringSerializer(),
                new StringSerializer())) {
            var request = "{\"jobId\":\"" + job + "\",\"requestedBy\":\"script\","
                    + action("BY_MESSAGE").substring(1);
            // the same key, the same partition: the good one stands behind the bad one
            producer.send(new ProducerRecord<>("baler.export.requested", job, "no request of " + bad));
            producer.send(new ProducerRecord<>("baler.export.requested", job, request));
            producer.flush();
        }

        var export = RestCalls.EXPORTS + "/" + job;
        await().atMost(PATIENCE).until(() -> calls.get(export).statusCode() == 200);
        calls.awaitCompleted(export);
        assertThat(exported(export)).isEqualTo(ids);
    }

    @Test
    void aWorkerThatStopsGivesItsExportToAnother() {
        var ids = logs("HANDED_OVER", 12_000);

        slowly(() -> {
            var export = calls.accepted(action("HANDED_OVER"));
            calls.awaitProgress(export);

            var slow = worker;
            worker = startWorker(Map.of());
            slow.close();

            calls.awaitCompleted(export);
            assertThat(exported(export)).isEqualTo(ids);
        });
    }

    @Test
    void everySweepCanLookForWhatItSweeps() {
        var meters = cleanup.getBean(MeterRegistry.class);
        var begun = Instant.now().getEpochSecond();

        await().atMost(PATIENCE)
                .until(() -> meters.get("baler.cleanup.last.round").gauge().value() > begun);
        assertThat(meters.find("baler.cleanup.swept").counters()).isNotEmpty();
        // one for each sweep that could not look
        assertThat(meters.find("baler.cleanup.broken").counters()).isEmpty();
    }

    /** With a worker that takes its time instead of the usual one, so that things can happen to its exports. */
    final void slowly(Runnable test) {
        worker.close();
        worker = startWorker(Map.of(
                "baler.worker.max-records-per-second", "4000",
                "baler.archive.logs-per-file", "1000"));
        try {
            test.run();
        } finally {
            worker.close();
            worker = startWorker(Map.of());
        }
    }

    /** Inserts so many logs and returns their ids in order. */
    final List<String> logs(String action, int number) {
        var logs = IntStream.range(0, number)
                .mapToObj(n -> log(action, ADA, "2023-05-01T00:00:00Z"))
                .toList();
        database().getCollection("activities").insertMany(logs);
        return ids(logs);
    }

    static Document log(String action, ObjectId user, String time) {
        return new Document("_id", new ObjectId())
                .append("user", user)
                .append("action", action)
                .append("createdAt", Date.from(Instant.parse(time)));
    }

    static List<String> ids(List<Document> logs) {
        return logs.stream().map(log -> log.getObjectId("_id").toHexString()).toList();
    }

    static String action(String action) {
        return "{\"filters\":{\"actions\":[\"" + action + "\"]}}";
    }

    /** The ids in the archive, in its order. */
    final List<String> exported(String export) {
        return ZipRecords.in(calls.download(export, directory)).stream()
                .map(record -> record.get("_id").asString())
                .toList();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static <T> List<T> atOnce(Supplier<T> call) {
        var rivals = Executors.newFixedThreadPool(RIVALS);
        try {
            return IntStream.range(0, RIVALS)
                    .mapToObj(rival -> CompletableFuture.supplyAsync(call, rivals))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            rivals.shutdownNow();
        }
    }
}
