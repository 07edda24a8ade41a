package io.baler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.job.start.ServiceDefaults;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Why the api does not start is said in one line, without a stack trace. */
@ExtendWith({OutputCaptureExtension.class, OnApiServer.class})
class StartTest {

    @Test
    void withoutATokenTheApiDoesNotStartAndSaysWhyBeforeItLooksForServers(CapturedOutput output) {
        refuseToStart(
                ServiceDefaults.properties(), "--server.port=0", "--spring.mongodb.uri=mongodb://127.0.0.1:1/none");

        assertThat(output.getOut()).contains("Cannot start: baler.api.token: must be set to at least 32 characters");
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

    private static void refuseToStart(Map<String, Object> settings, String... arguments) {
        var api = new SpringApplicationBuilder(ApiApplication.class).properties(settings);

        assertThatThrownBy(() -> api.run(arguments).close());
    }
}
