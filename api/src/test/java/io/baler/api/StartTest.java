package io.baler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.job.start.ServiceDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Why the api does not start is said in one line, without a stack trace. */
@ExtendWith({OutputCaptureExtension.class, OnApiServer.class})
class StartTest {

    private static final String TOKEN = "--baler.api.token=0123456789abcdef0123456789abcdef";

    @Test
    void withoutAnybodyWhoCouldCallItTheApiDoesNotStartAndSaysWhyBeforeItLooksForServers(CapturedOutput output) {
        refuseToStartAnywhere();

        assertThat(output.getOut())
                .containsOnlyOnce("Cannot start: ")
                .containsPattern("Cannot start: baler.api.jwt.issuer: nobody could call the api\\. Set it and"
                        + " baler.api.jwt.audience .* SPRING_PROFILES_ACTIVE=embedded and baler.api.token\\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--spring.profiles.active=production", "--logging.level.none=info"})
    void theOneTokenIsRefusedOutsideTheEmbeddedMode(String profile, CapturedOutput output) {
        refuseToStartAnywhere(
                TOKEN, profile, "--baler.api.jwt.issuer=http://127.0.0.1:1", "--baler.api.jwt.audience=baler");

        assertThat(output.getOut())
                .containsOnlyOnce("Cannot start: ")
                .containsPattern("Cannot start: baler.api.token: .* SPRING_PROFILES_ACTIVE=embedded\\n")
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void aTokenThatIsTooShortIsRefusedInTheEmbeddedModeToo(CapturedOutput output) {
        refuseToStartAnywhere("--spring.profiles.active=embedded", "--baler.api.token=short");

        assertThat(output.getOut()).contains("Cannot start: baler.api.token: must be at least 32 characters, got 5");
    }

    @Test
    void anIssuerWithoutAnAudienceIsRefusedByItsKey(CapturedOutput output) {
        refuseToStartAnywhere("--baler.api.jwt.issuer=https://idp.example");

        assertThat(output.getOut()).contains("Cannot start: baler.api.jwt.audience: must be set");
    }

    @Test
    void withoutKafkaTheApiDoesNotStartAndNamesTheSetting(ApiServer running, CapturedOutput output) {
        refuseToStart(
                running.settings(),
                "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                "--spring.kafka.admin.properties[request.timeout.ms]=300",
                "--spring.kafka.admin.properties[default.api.timeout.ms]=500");

        assertThat(output.getOut()).containsPattern("Cannot start: Kafka .* is spring.kafka.bootstrap-servers right");
        assertThat(output.getOut()).doesNotContain("\tat ");
    }

    /** There are no servers, and they are not looked for. */
    private static void refuseToStartAnywhere(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--server.port=0");
        all.add("--spring.mongodb.uri=mongodb://127.0.0.1:1/none");
        refuseToStart(ServiceDefaults.properties(), all.toArray(String[]::new));
    }

    private static void refuseToStart(Map<String, Object> settings, String... arguments) {
        var api = new SpringApplicationBuilder(ApiApplication.class).properties(settings);

        assertThatThrownBy(() -> api.run(arguments).close());
    }
}
