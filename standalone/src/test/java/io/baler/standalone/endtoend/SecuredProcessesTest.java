package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import io.baler.api.ApiApplication;
import io.baler.cleanup.CleanupApplication;
import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import io.baler.standalone.stack.NewSigningKey;
import io.baler.worker.WorkerApplication;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The three services as processes of their own, configured by environment variables alone and logging as in production,
 * only more of it.
 */
class SecuredProcessesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TOKEN = "a-token-of-more-than-thirty-two-characters";
    private static final int RECORDS = 5_000;
    private static final String RECORD = "canary-record";

    @TempDir
    private static Path directory;

    private static final List<Process> PROCESSES = new ArrayList<>();
    private static LocalStack stack;
    private static String url;
    private static List<ObjectId> ids;
    private static Cli.Result exported;

    @BeforeAll
    static void exportOnce() throws IOException {
        stack = LocalStack.start(LocalStackSettings.temporary());
        startServices();
        ids = IntStream.range(0, RECORDS).mapToObj(n -> new ObjectId()).toList();
        try (var mongo = MongoClients.create(stack.mongodb().connectionString())) {
            mongo.getDatabase("baler")
                    .getCollection("activities")
                    .insertMany(ids.stream()
                            .map(id -> new Document("_id", id).append("text", RECORD))
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
                        // through the api; other tests download from the storage
                        "BALER_API_DOWNLOADS",
                        "stream"));
        start(WorkerApplication.class, Map.of("BALER_SIGNING_KEY", NewSigningKey.pem()));
        start(CleanupApplication.class, Map.of());
        await().atMost(Duration.ofMinutes(2)).until(SecuredProcessesTest::apiAnswers);
    }

    @AfterAll
    static void stop() {
        PROCESSES.forEach(Process::destroy);
        PROCESSES.forEach(process -> process.onExit().join());
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
    void everyLineOfTheLogsIsEcsAndSaysWhichExportItIsAbout() throws IOException {
        var job = job();
        var epochs = new TreeSet<String>();
        for (var service : List.of(ApiApplication.class, WorkerApplication.class, CleanupApplication.class)) {
            for (var line : Files.readAllLines(log(service))) {
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
                assertThat(line).doesNotContain(RECORD, TOKEN, stack.s3().secretKey(), "X-Amz-Signature");
            }
        }
        assertThat(epochs).contains("1");
    }

    /** The one that there is. */
    private static String job() {
        try (var mongo = MongoClients.create(stack.mongodb().connectionString())) {
            return mongo.getDatabase("baler")
                    .getCollection("exportJobs")
                    .find()
                    .first()
                    .getString("_id");
        }
    }

    private static Path log(Class<?> service) {
        return directory.resolve(service.getSimpleName() + ".log");
    }

    private static void start(Class<?> service, Map<String, String> more) throws IOException {
        var environment = new TreeMap<>(Map.ofEntries(
                Map.entry("SPRING_MONGODB_URI", stack.mongodb().connectionString()),
                Map.entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", stack.kafka().bootstrapServers()),
                Map.entry("BALER_S3_ENDPOINT", stack.s3().endpoint().toString()),
                Map.entry("BALER_S3_REGION", "us-east-1"),
                Map.entry("BALER_S3_BUCKET", "exports"),
                Map.entry("BALER_S3_PATH_STYLE", "true"),
                Map.entry("BALER_S3_ACCESS_KEY", stack.s3().accessKey()),
                Map.entry("BALER_S3_SECRET_KEY", stack.s3().secretKey()),
                Map.entry("BALER_SOURCE_SETTLE", "0s"),
                Map.entry("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs"),
                Map.entry("LOGGING_LEVEL_IO_BALER", "trace"),
                Map.entry("MANAGEMENT_SERVER_PORT", "0")));
        environment.putAll(more);
        // the class path of all modules together has a web server, which only the api's own has in production
        var type = service == ApiApplication.class ? "servlet" : "none";
        environment.put("SPRING_MAIN_WEB_APPLICATION_TYPE", type);
        PROCESSES.add(Cli.service(directory, service, environment)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log(service).toFile()))
                .start());
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
