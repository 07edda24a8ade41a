package io.baler.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import io.baler.job.JobStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** What operators see of a worker. */
class ManagementTest {
    private static Installation baler;
    private static ConfigurableApplicationContext worker;

    @BeforeAll
    static void start() {
        baler = new Installation();
        worker = baler.startWatchedWorker("--baler.worker.slots=3");
        logs(baler.database());
    }

    private static void logs(MongoDatabase database) {
        database.getCollection("activities").insertOne(new Document("action", "LOGIN"));
        database.getCollection("activities").insertOne(new Document("action", "LOGOUT"));
    }

    @AfterAll
    static void stop() {
        baler.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "health/liveness", "health/readiness"})
    void itTellsHowItIs(String path) {
        var answer = get("/actuator/" + path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\":\"UP\"").doesNotContain("mongo");
    }

    @Test
    void itTellsWhatItHasDoneAndNothingOfWhatWasInIt() {
        assertThat(baler.export("{'filters':{}}").status()).isEqualTo(JobStatus.COMPLETED);
        var none = baler.export("{'filters':{'actions':['NEVER']}}");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(metrics())
                        .contains(
                                "baler_worker_slots 3.0",
                                "baler_worker_running 0.0",
                                "baler_worker_checkpoint_age_seconds 0.0",
                                "baler_worker_takeovers_total 0.0",
                                "baler_worker_claims_lost_total 0.0",
                                "baler_worker_ended_total{outcome=\"failed\"} 0.0")
                        .containsPattern("baler_worker_records_total [1-9]")
                        .containsPattern("baler_worker_bytes_total [1-9]")
                        .containsPattern("baler_worker_ended_total\\{outcome=\"completed\"} [1-9]")
                        .containsPattern("baler_worker_ended_total\\{outcome=\"no_results\"} [1-9]")
                        .containsPattern(
                                "baler_s3_calls_seconds_count\\{operation=\"UploadPart\",outcome=\"success\"} [1-9]"));
        assertThat(metrics()).doesNotContain(none.id(), "auditor", "LOGIN", "exports/");
    }

    /** Alerts and dashboards that ask for what is not there keep silent, whatever happens. */
    @ParameterizedTest
    @ValueSource(strings = {"prometheus/alerts.yaml", "grafana/dashboard.json"})
    void everythingThatIsAskedOfItIsThere(String file) throws IOException {
        baler.export("{'filters':{}}");
        var asked = Pattern.compile("baler_(worker|s3)[a-z_]+")
                .matcher(Files.readString(Path.of("..", "deploy", file)))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(asked).isNotEmpty();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(metrics()).contains(asked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/loggers"})
    void nothingElseIsThere(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    private static String metrics() {
        return get("/actuator/prometheus").body();
    }

    private static HttpResponse<String> get(String path) {
        var port = worker.getEnvironment().getProperty("local.management.port");
        var call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(call, BodyHandlers.ofString())
                .join();
    }
}
