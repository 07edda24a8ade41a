package io.baler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.job.start.ServiceDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    @Test
    void withoutATokenTheApiDoesNotStartAndSaysWhyBeforeItLooksForServers(CapturedOutput output) {
        var api = new SpringApplicationBuilder(ApiApplication.class)
                .properties(ServiceDefaults.properties())
                .properties("server.port=0", "spring.mongodb.uri=mongodb://127.0.0.1:1/none");

        assertThatThrownBy(() -> api.run().close());

        assertThat(output.getOut()).contains("Cannot start: baler.api.token: must be set to at least 32 characters");
    }
}
