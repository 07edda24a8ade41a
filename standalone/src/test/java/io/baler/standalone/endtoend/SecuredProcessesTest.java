package io.baler.standalone.endtoend;

import static io.baler.standalone.endtoend.SecuredServices.PASSWORD;
import static io.baler.standalone.endtoend.SecuredServices.PERSON;
import static io.baler.standalone.endtoend.SecuredServices.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import io.baler.api.ApiApplication;
import io.baler.cleanup.CleanupApplication;
import io.baler.worker.WorkerApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the three services do, log and trace where servers ask for certificates and passwords. */
class SecuredProcessesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int RECORDS = 4_000;
    private static final String RECORD = "canary-record";
    private static final String ACTION = "canary-action";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Collector COLLECTOR = new Collector();

    @TempDir
    private static Path directory;

    private static SecuredServices services;
    private static List<ObjectId> ids;
    private static Cli.Result exported;

    @BeforeAll
    static void exportOnce() throws IOException {
        services = new SecuredServices(directory, COLLECTOR);
        services.start();
        ids = IntStream.range(0, RECORDS).mapToObj(n -> new ObjectId()).toList();
        try (var mongo = MongoClients.create(services.mongodb())) {
            mongo.getDatabase("baler")
                    .getCollection("activities")
                    .insertMany(ids.stream()
                            .map(id -> new Document("_id", id)
                                    .append("text", RECORD)
                                    .append("action", ACTION))
                            .toList());
        }
        exported = Cli.run(directory, "export", "--url", services.url(), "--token", TOKEN, "--out", "all.zip");
    }

    @AfterAll
    static void stop() {
        services.close();
        COLLECTOR.close();
    }

    @Test
    void oneCommandExportsEveryRecord() {
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(ZipRecords.in(directory.resolve("all.zip")).stream()
                        .map(record -> record.get("_id").asString()))
                .isEqualTo(ids.stream().map(ObjectId::toHexString).toList());
        assertThat(services.areAlive()).isTrue();
    }

    @Test
    void everyLineOfTheLogsIsEcsAndSaysWhichExportItIsAbout() {
        var job = exported();
        var epochs = new TreeSet<String>();
        for (var service : List.of(ApiApplication.class, WorkerApplication.class, CleanupApplication.class)) {
            for (var line : services.lines(service.getSimpleName()).toList()) {
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
                        .doesNotContain(RECORD, ACTION, TOKEN, PASSWORD, services.storageSecret(), "X-Amz-Signature");
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
                .until(() -> services.lines("WorkerApplication")
                        .anyMatch(line -> line.contains("Export " + job + " begins")));
        services.killWorker();
        services.startWorker("SecondWorker");

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
                .doesNotContain(RECORD, ACTION, PERSON, TOKEN, PASSWORD, services.storageSecret(), "X-Amz");
    }

    @Test
    void whoeverIsNotLetInOrDoesNotBelieveTheServerSaysSoInOneSentenceAndStartsNothing() throws IOException {
        for (var process : List.of(
                services.startWithPassword("WrongPassword", "another-" + PASSWORD),
                services.startNotBelievingKafka("UnknownKafka"),
                services.startNotBelievingMongodb("UnknownMongoDB"))) {
            assertThat(process.onExit().orTimeout(2, TimeUnit.MINUTES).join().exitValue())
                    .isEqualTo(1);
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

    /** What an operator is to look at; nothing anywhere of the password. */
    private static List<String> said(String log) {
        return services.lines(log)
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
        return services.lines(log)
                .map(JSON::readTree)
                .filter(event -> event.at("/baler/job").asString("").equals(job))
                .map(event -> event.at("/trace/id").asString(""))
                .filter(trace -> !trace.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String post(String body, int status) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(services.url() + "/api/v1/exports"))
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
        try (var mongo = MongoClients.create(services.mongodb())) {
            return mongo.getDatabase("baler")
                    .getCollection("exportJobs")
                    .find(new Document("format", "json"))
                    .first()
                    .getString("_id");
        }
    }
}
