package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import io.baler.api.ApiApplication;
import io.baler.cleanup.CleanupApplication;
import io.baler.local.BrokerSecurity;
import io.baler.local.KafkaServer;
import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import io.baler.standalone.stack.NewSigningKey;
import io.baler.worker.WorkerApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The three services as processes of their own, configured by environment variables alone and logging as in production,
 * only more of it. Kafka asks for TLS with a certificate of the client's and for SCRAM; MongoDB is behind TLS.
 */
class SecuredProcessesTest {
    private static final String KEY = NewSigningKey.pem();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TOKEN = "a-token-of-more-than-thirty-two-characters";
    private static final int RECORDS = 4_000;
    private static final int RECORDS_PER_SECOND = 2_000;
    private static final String RECORD = "canary-record";
    private static final String ACTION = "canary-action";
    private static final String PASSWORD = "canary-password";
    private static final String PERSON = "canary-person";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Collector COLLECTOR = new Collector();

    @TempDir
    private static Path directory;

    private static final List<Process> PROCESSES = new ArrayList<>();
    private static LocalStack stack;
    private static KafkaServer kafka;
    private static TlsFront mongodb;
    private static Certificate ofServers;
    private static Certificate ofServices;
    private static String url;
    private static Process worker;
    private static List<ObjectId> ids;
    private static Cli.Result exported;

    @BeforeAll
    static void exportOnce() throws IOException {
        stack = LocalStack.start(LocalStackSettings.temporary());
        ofServers = Certificate.make(directory, "servers");
        ofServices = Certificate.make(directory, "services");
        kafka = KafkaServer.start(directory.resolve("kafka"), 0, secured());
        mongodb = TlsFront.of(stack.mongodb().port(), ofServers.server());
        startServices();
        ids = IntStream.range(0, RECORDS).mapToObj(n -> new ObjectId()).toList();
        try (var mongo = MongoClients.create(stack.mongodb().connectionString())) {
            mongo.getDatabase("baler")
                    .getCollection("activities")
                    .insertMany(ids.stream()
                            .map(id -> new Document("_id", id)
                                    .append("text", RECORD)
                                    .append("action", ACTION))
                            .toList());
        }
        exported = Cli.run(directory, "export", "--url", url, "--token", TOKEN, "--out", "all.zip");
    }

    private static void startServices() throws IOException {
        stack.s3().createBucket("exports");
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        url = "http://127.0.0.1:" + port;
        // the one thing that is not as in production: there is no identity provider here
        start(
                ApiApplication.class,
                Map.of(
                        "SERVER_PORT",
                        String.valueOf(port),
                        "SPRING_PROFILES_ACTIVE",
                        "embedded",
                        "BALER_API_TOKEN",
                        TOKEN,
                        "BALER_API_USER",
                        PERSON,
                        // through the api; other tests download from the storage
                        "BALER_API_DOWNLOADS",
                        "stream"));
        worker = startWorker("WorkerApplication");
        start(CleanupApplication.class, Map.of());
        await().atMost(Duration.ofMinutes(2)).until(SecuredProcessesTest::apiAnswers);
    }

    /** As an operator sets up a broker that lets in who has both a certificate and a password. */
    private static BrokerSecurity secured() {
        return new BrokerSecurity(
                "SASL_SSL",
                Map.of(
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.certificate.chain", ofServers.certificate(),
                        "ssl.keystore.key", ofServers.key(),
                        "ssl.truststore.type", "PEM",
                        // the broker is a client of its own
                        "ssl.truststore.certificates", ofServices.certificate() + ofServers.certificate(),
                        "listener.name.sasl_ssl.ssl.client.auth", "required",
                        "sasl.enabled.mechanisms", "SCRAM-SHA-512",
                        "sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512",
                        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", login(PASSWORD)),
                List.of("SCRAM-SHA-512=[name=baler,password=" + PASSWORD + "]"));
    }

    private static String login(String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"baler\" password=\""
                + password + "\";";
    }

    private static Process startWorker(String log) throws IOException {
        return start(
                WorkerApplication.class,
                log,
                Map.of(
                        "BALER_SIGNING_KEY",
                        KEY,
                        "BALER_WORKER_LEASE",
                        "2s",
                        // so that there is time to kill it
                        "BALER_WORKER_MAX_RECORDS_PER_SECOND",
                        String.valueOf(RECORDS_PER_SECOND)));
    }

    @AfterAll
    static void stop() {
        COLLECTOR.close();
        PROCESSES.forEach(Process::destroy);
        PROCESSES.forEach(process -> process.onExit().join());
        mongodb.close();
        kafka.close();
        stack.close();
    }

    @Test
    void oneCommandExportsEveryRecord() {
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(ZipRecords.in(directory.resolve("all.zip")).stream()
                        .map(record -> record.get("_id").asString()))
                .isEqualTo(ids.stream().map(ObjectId::toHexString).toList());
        assertThat(PROCESSES).allMatch(Process::isAlive);
    }

    @Test
    void everyLineOfTheLogsIsEcsAndSaysWhichExportItIsAbout() {
        var job = exported();
        var epochs = new TreeSet<String>();
        for (var service : List.of(ApiApplication.class, WorkerApplication.class, CleanupApplication.class)) {
            for (var line : lines(service.getSimpleName()).toList()) {
                var event = JSON.readTree(line);
                assertThat(List.of("/@timestamp", "/message", "/log/level", "/log/logger", "/ecs/version"))
                        .as(line)
                        .noneMatch(field -> event.at(field).isMissingNode());
                assertThat(event.at("/service/name").asString())
                        .isEqualTo("baler-"
                                + service.getSimpleName()
                                        .replace("Application", "")
                                        .toLowerCase(Locale.ROOT));
                if (event.path("message").asString().contains(job)) {
                    assertThat(event.at("/baler/job").asString()).as(line).isEqualTo(job);
                    assertThat(event.at("/baler/epoch").asString()).as(line).isNotEmpty();
                }
                if (service == WorkerApplication.class) {
                    epochs.add(event.at("/baler/epoch").asString(""));
                }
                assertThat(line)
                        .doesNotContain(
                                RECORD, ACTION, TOKEN, PASSWORD, stack.s3().secretKey(), "X-Amz-Signature");
            }
        }
        assertThat(epochs).contains("1");
    }

    @Test
    void oneTraceGoesFromTheCallThroughKafkaAndTheWorkerToTheEnd() {
        var export = await().atMost(A_MINUTE)
                .until(() -> spanOf(exported()), Optional::isPresent)
                .orElseThrow();
        var trace = await().atMost(A_MINUTE)
                .until(
                        () -> COLLECTOR.trace(export.trace()),
                        spans -> spans.stream().anyMatch(span -> span.name().startsWith("POST")));

        assertThat(trace.stream()
                        .map(span -> span.service() + ": " + span.name())
                        .distinct())
                .containsExactlyInAnyOrder(
                        "baler-api: POST /api/v1/exports",
                        "baler-worker: request by message",
                        "baler-worker: export",
                        "baler-worker: survey",
                        "baler-worker: upload part",
                        "baler-worker: commit part",
                        "baler-worker: complete upload");
        var call = named("POST /api/v1/exports", trace);
        assertThat(call.parent()).isEmpty();
        assertThat(call.attributes()).containsEntry("http.response.status_code", "202");
        assertThat(named("request by message", trace).parent()).isEqualTo(call.id());
        assertThat(export.parent()).isEqualTo(call.id());
        assertThat(export.attributes())
                .containsEntry("baler.epoch", "1")
                .containsEntry("baler.format", "json")
                .containsEntry("baler.outcome", "completed")
                .containsEntry("baler.takeover", "false")
                .containsEntry("baler.records", String.valueOf(RECORDS));
        assertThat(List.of("survey", "upload part", "commit part", "complete upload"))
                .allSatisfy(step -> assertThat(named(step, trace).parent()).isEqualTo(export.id()));
        assertThat(tracesInLog("WorkerApplication", exported())).containsExactly(export.trace());
    }

    @Test
    void anotherWorkersStepsStandInTheSameTraceAndNoneTellsWhatWasAskedForOrFound() throws Exception {
        post("{\"filters\":{\"usernames\":[\"" + PERSON + "\"]}}", 422);
        var answer = post("{\"filters\":{\"actions\":[\"" + ACTION + "\"]},\"format\":\"ndjson\"}", 202);
        var job = JSON.readTree(answer).path("id").asString();
        await().atMost(A_MINUTE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> lines("WorkerApplication").anyMatch(line -> line.contains("Export " + job + " begins")));
        PROCESSES.remove(worker);
        worker.destroyForcibly().onExit().join();
        startWorker("SecondWorker");

        var export = await().atMost(A_MINUTE)
                .until(() -> spanOf(job), Optional::isPresent)
                .orElseThrow();

        assertThat(export.trace()).isEqualTo(TRACE);
        assertThat(export.attributes())
                .containsEntry("baler.epoch", "2")
                .containsEntry("baler.takeover", "true")
                .containsEntry("baler.outcome", "completed");
        await().atMost(A_MINUTE)
                .untilAsserted(() -> assertThat(COLLECTOR.trace(TRACE))
                        .filteredOn(span -> span.parent().equals(CALLER))
                        .extracting(span -> span.attributes().get("http.response.status_code"))
                        .containsExactlyInAnyOrder("202", "422"));
        assertThat(tracesInLog("SecondWorker", job)).containsExactly(TRACE);
        // of the dead one, whose span died with it
        assertThat(tracesInLog("WorkerApplication", job)).contains(TRACE);
        assertThat(COLLECTOR.text())
                .contains(job)
                .doesNotContain(
                        RECORD, ACTION, PERSON, TOKEN, PASSWORD, stack.s3().secretKey(), "X-Amz");
    }

    @Test
    void whoeverIsNotLetInOrDoesNotBelieveTheServerSaysSoInOneSentenceAndStartsNothing() throws IOException {
        var wrong = "another-" + PASSWORD;
        var refused = startAgain("WrongPassword", Map.of("SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", login(wrong)));
        var kafkaUnknown = startAgain(
                "UnknownKafka", Map.of("SPRING_SSL_BUNDLE_PEM_KAFKA_TRUSTSTORE_CERTIFICATE", ofServices.certificate()));
        var mongodbUnknown = startAgain(
                "UnknownMongoDB",
                Map.of(
                        "SPRING_SSL_BUNDLE_PEM_MONGODB_TRUSTSTORE_CERTIFICATE",
                        ofServices.certificate(),
                        // no longer than that
                        "SPRING_MONGODB_URI",
                        "mongodb://127.0.0.1:" + mongodb.port() + "/baler?tls=true&serverSelectionTimeoutMS=1000"));

        for (var process : List.of(refused, kafkaUnknown, mongodbUnknown)) {
            assertThat(process.onExit().join().exitValue()).isEqualTo(1);
        }

        assertThat(said("WrongPassword"))
                .singleElement()
                .asString()
                .startsWith("Cannot start: Kafka does not let this service in: Authentication failed")
                .doesNotContain(PASSWORD);
        assertThat(said("UnknownKafka"))
                .singleElement()
                .asString()
                .startsWith("Cannot start: Kafka cannot be reached: TLS failed, ");
        assertThat(said("UnknownMongoDB"))
                .singleElement()
                .asString()
                .startsWith("Cannot start: MongoDB cannot be reached: TLS failed, ");
    }

    private static Process startAgain(String log, Map<String, String> wrong) throws IOException {
        var process = start(CleanupApplication.class, log, wrong);
        // one that is not to run
        PROCESSES.remove(process);
        return process;
    }

    /** What an operator is to look at; nothing anywhere of the password. */
    private static List<String> said(String log) {
        return lines(log)
                .peek(line -> assertThat(line).doesNotContain(PASSWORD))
                .map(JSON::readTree)
                .filter(event ->
                        List.of("WARN", "ERROR").contains(event.at("/log/level").asString()))
                .map(event -> event.path("message").asString())
                .toList();
    }

    private static Optional<Collector.Sent> spanOf(String job) {
        return COLLECTOR.named("export").stream()
                .filter(span -> job.equals(span.attributes().get("baler.job")))
                .findFirst();
    }

    private static Collector.Sent named(String name, List<Collector.Sent> trace) {
        return trace.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Of what is said on the export's own thread and on those that read and upload for it, from when its span begins. */
    private static Set<String> tracesInLog(String log, String job) {
        return lines(log)
                .map(JSON::readTree)
                .filter(event -> event.at("/baler/job").asString("").equals(job))
                .map(event -> event.at("/trace/id").asString(""))
                .filter(trace -> !trace.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String post(String body, int status) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/exports"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                .POST(BodyPublishers.ofString(body))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    /** The export of everything. */
    private static String exported() {
        try (var mongo = MongoClients.create(stack.mongodb().connectionString())) {
            return mongo.getDatabase("baler")
                    .getCollection("exportJobs")
                    .find(new Document("format", "json"))
                    .first()
                    .getString("_id");
        }
    }

    /** Whole ones: a process that is killed may leave half a one. */
    private static Stream<String> lines(String log) {
        try {
            var text = Files.readString(directory.resolve(log + ".log"));
            return text.substring(0, text.lastIndexOf('\n') + 1).lines();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Process start(Class<?> service, Map<String, String> more) throws IOException {
        return start(service, service.getSimpleName(), more);
    }

    private static Process start(Class<?> service, String log, Map<String, String> more) throws IOException {
        var environment = new TreeMap<>(Map.ofEntries(
                Map.entry("SPRING_MONGODB_URI", "mongodb://127.0.0.1:" + mongodb.port() + "/baler?tls=true"),
                Map.entry("SPRING_MONGODB_SSL_BUNDLE", "mongodb"),
                Map.entry("SPRING_SSL_BUNDLE_PEM_MONGODB_TRUSTSTORE_CERTIFICATE", ofServers.certificate()),
                Map.entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()),
                Map.entry("SPRING_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"),
                Map.entry("SPRING_KAFKA_SSL_BUNDLE", "kafka"),
                Map.entry("SPRING_SSL_BUNDLE_PEM_KAFKA_TRUSTSTORE_CERTIFICATE", ofServers.certificate()),
                Map.entry("SPRING_SSL_BUNDLE_PEM_KAFKA_KEYSTORE_CERTIFICATE", ofServices.certificate()),
                Map.entry("SPRING_SSL_BUNDLE_PEM_KAFKA_KEYSTORE_PRIVATEKEY", ofServices.key()),
                Map.entry("SPRING_KAFKA_PROPERTIES_SASL_MECHANISM", "SCRAM-SHA-512"),
                Map.entry("SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", login(PASSWORD)),
                Map.entry("BALER_S3_ENDPOINT", stack.s3().endpoint().toString()),
                Map.entry("BALER_S3_REGION", "us-east-1"),
                Map.entry("BALER_S3_BUCKET", "exports"),
                Map.entry("BALER_S3_PATH_STYLE", "true"),
                Map.entry("BALER_S3_ACCESS_KEY", stack.s3().accessKey()),
                Map.entry("BALER_S3_SECRET_KEY", stack.s3().secretKey()),
                Map.entry("BALER_SOURCE_SETTLE", "0s"),
                Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", COLLECTOR.endpoint()),
                Map.entry("OTEL_BSP_SCHEDULE_DELAY", "100"),
                Map.entry("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs"),
                Map.entry("LOGGING_LEVEL_IO_BALER", "trace"),
                Map.entry("MANAGEMENT_SERVER_PORT", "0")));
        environment.putAll(more);
        // the class path of all modules together has a web server, which only the api's own has in production
        var type = service == ApiApplication.class ? "servlet" : "none";
        environment.put("SPRING_MAIN_WEB_APPLICATION_TYPE", type);
        var process = Cli.service(directory, service, environment)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve(log + ".log").toFile()))
                .start();
        PROCESSES.add(process);
        return process;
    }

    private static boolean apiAnswers() throws IOException, InterruptedException {
        assertThat(PROCESSES).allMatch(Process::isAlive);
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/exports"))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (ConnectException notYet) {
            return false;
        }
    }
}
