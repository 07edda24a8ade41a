package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.start.ServiceDefaults;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators can reach, where, and that there is nothing else. */
@ExtendWith(OnApiServer.class)
class ManagementTest {
    private final ApiServer api;

    ManagementTest(ApiServer api) {
        this.api = api;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void healthIsToldToEverybodyWithoutDetails(String path) {
        var answer = api.send(managementCall(path)).is(200);

        assertThat(answer.body().path("status").stringValue()).isEqualTo("UP");
        assertThat(answer.body().propertyNames()).isSubsetOf("status", "groups");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void withoutTheDatabaseItLivesAndIsNotReadyUntilTheDatabaseIsBack() {
        api.mongodb().cut();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> status("readiness") == 503);
            assertThat(status("liveness")).isEqualTo(200);
        } finally {
            api.mendMongodb();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> status("readiness") == 200);
    }

    private int status(String probe) {
        return api.send(managementCall("/actuator/health/" + probe)).status();
    }

    @Test
    void metricsAreToldInPrometheusFormat() {
        api.get(EXPORTS + "?limit=1").is(200);

        var answer = api.send(managementCall("/actuator/prometheus")).is(200);

        assertThat(answer.text()).contains("jvm_memory_used_bytes", "uri=\"/api/v1/exports\"");
    }

    @ParameterizedTest
    @MethodSource
    void nothingElseIsThereEvenWithTheToken(String path) {
        api.send(managementCall(path)).isProblem(401, "unauthorized");
        api.send(managementCall(path).header("Authorization", "Bearer " + ApiServer.TOKEN))
                .isProblem(404, "not-found");
        api.get(path).isProblem(404, "not-found");
    }

    static Stream<String> nothingElseIsThereEvenWithTheToken() {
        return Stream.concat(
                Stream.of("/nothing", "/actuator"),
                Stream.of(
                                "env",
                                "beans",
                                "heapdump",
                                "threaddump",
                                "loggers",
                                "metrics",
                                "mappings",
                                "configprops",
                                "conditions",
                                "info",
                                "shutdown",
                                "scheduledtasks",
                                "startup")
                        .map("/actuator/"::concat));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/prometheus"})
    void callersPortHasNoneOfIt(String path) {
        api.get(path).isProblem(404, "not-found");
        api.send(api.anonymousCall(path)).isProblem(401, "unauthorized");
    }

    @Test
    void noExportIsToBeHadOnTheManagementPort() {
        api.send(managementCall(EXPORTS).header("Authorization", "Bearer " + ApiServer.TOKEN))
                .isProblem(404, "not-found");
    }

    @Test
    void unlessToldOtherwiseItListensOnThisHostOnly() {
        assertThat(ServiceDefaults.properties())
                .containsEntry("management.server.port", "8081")
                .containsEntry("management.server.address", "127.0.0.1");
    }

    private HttpRequest.Builder managementCall(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.managementPort() + path));
    }
}
