package io.baler.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.start.ServiceDefaults;
import io.baler.job.storage.ExportBucket;
import io.baler.local.LocalConnections;
import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What operators see of the cleanup. */
class ManagementTest {
    private static LocalStack stack;
    private static ConfigurableApplicationContext cleanup;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(LocalStackSettings.temporary());
        stack.s3().createBucket("exports");
        cleanup = new SpringApplicationBuilder(CleanupApplication.class)
                .properties(ServiceDefaults.propertiesOfUncalled(0))
                .initializers(new LocalConnections(stack))
                .run(
                        "--baler.cleanup.interval=1s",
                        "--baler.s3.bucket=exports",
                        "--baler.s3.path-style=true",
                        "--baler.s3.endpoint=" + stack.s3().endpoint(),
                        "--baler.s3.access-key=" + stack.s3().accessKey(),
                        "--baler.s3.secret-key=" + stack.s3().secretKey());
    }

    @AfterAll
    static void stop() {
        cleanup.close();
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "health/liveness", "health/readiness"})
    void itTellsHowItIs(String path) {
        var answer = get("/actuator/" + path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\":\"UP\"").doesNotContain("mongo");
    }

    @Test
    void itTellsHowItStandsWithTheJobsAndWhatWasSwept() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get("/actuator/prometheus").body())
                        .contains(
                                "baler_exports{status=\"queued\"} 0.0",
                                "baler_exports{status=\"completed\"} 0.0",
                                "baler_exports_waiting_longest_seconds 0.0",
                                "baler_dead_letters 0.0",
                                "baler_cleanup_swept_total{sweep=\"orphans\"} 0.0",
                                "baler_cleanup_failed_total{sweep=\"garbage\"} 0.0",
                                "baler_cleanup_sweep_seconds_count{sweep=\"overdue jobs\"}")
                        .containsPattern("baler_cleanup_last_round_seconds 1\\.[0-9]+E9"));
    }

    /** Sweeps ask for much that is not there: an alert on failures must not take that for one. */
    @Test
    void whatIsNotInTheBucketIsNoFailureOfTheStorage() {
        assertThat(cleanup.getBean(ExportBucket.class).find("nothing")).isEmpty();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get("/actuator/prometheus").body())
                        .containsPattern(
                                "baler_s3_calls_seconds_count\\{operation=\"HeadObject\",outcome=\"absent\"} [1-9]")
                        .doesNotContain("outcome=\"failure\"}"));
    }

    /** Alerts and dashboards that ask for what is not there keep silent, whatever happens. */
    @ParameterizedTest
    @ValueSource(strings = {"prometheus/alerts.yaml", "grafana/dashboard.json"})
    void everythingThatIsAskedOfItIsThere(String file) throws IOException {
        var asked = Pattern.compile("baler_(cleanup|exports|dead)[a-z_]+")
                .matcher(Files.readString(Path.of("..", "deploy", file)))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(asked).isNotEmpty();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(get("/actuator/prometheus").body()).contains(asked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/loggers"})
    void nothingElseIsThere(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> get(String path) {
        var port = cleanup.getEnvironment().getProperty("local.management.port");
        var call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(call, BodyHandlers.ofString())
                .join();
    }
}
