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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three services as processes of their own, configured by environment variables alone, as in production. */
class ThreeProcessesTest {
    private static final String TOKEN = "a-token-of-more-than-thirty-two-characters";
    private static final int RECORDS = 5_000;

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();
    private final LocalStack stack = LocalStack.start(LocalStackSettings.temporary());
    private String url;

    @BeforeEach
    void startServices() throws IOException {
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
        await().atMost(Duration.ofMinutes(2)).until(this::apiAnswers);
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
        stack.close();
    }

    @Test
    void oneCommandExportsEveryRecord() {
        var ids = IntStream.range(0, RECORDS).mapToObj(n -> new ObjectId()).toList();
        try (var mongo = MongoClients.create(stack.mongodb().connectionString())) {
            mongo.getDatabase("baler")
                    .getCollection("activities")
                    .insertMany(ids.stream().map(id -> new Document("_id", id)).toList());
        }

        var result = Cli.run(directory, "export", "--url", url, "--token", TOKEN, "--out", "all.zip");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(ZipRecords.in(directory.resolve("all.zip")).stream()
                        .map(record -> record.get("_id").asString()))
                .isEqualTo(ids.stream().map(ObjectId::toHexString).toList());
        assertThat(processes).allMatch(Process::isAlive);
    }

    private void start(Class<?> service, Map<String, String> more) throws IOException {
        var environment = new TreeMap<>(Map.of(
                "SPRING_MONGODB_URI",
                stack.mongodb().connectionString(),
                "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                stack.kafka().bootstrapServers(),
                "BALER_S3_ENDPOINT",
                stack.s3().endpoint().toString(),
                "BALER_S3_REGION",
                "us-east-1",
                "BALER_S3_BUCKET",
                "exports",
                "BALER_S3_PATH_STYLE",
                "true",
                "BALER_S3_ACCESS_KEY",
                stack.s3().accessKey(),
                "BALER_S3_SECRET_KEY",
                stack.s3().secretKey(),
                "BALER_SOURCE_SETTLE",
                "0s",
                "MANAGEMENT_SERVER_PORT",
                "0"));
        environment.putAll(more);
        // the class path of all modules together has a web server, which only the api's own has in production
        var type = service == ApiApplication.class ? "servlet" : "none";
        environment.put("SPRING_MAIN_WEB_APPLICATION_TYPE", type);
        var log = directory.resolve(service.getSimpleName() + ".log").toFile();
        processes.add(Cli.java(directory, service.getName(), environment)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log))
                .start());
    }

    private boolean apiAnswers() throws IOException, InterruptedException {
        assertThat(processes).allMatch(Process::isAlive);
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
