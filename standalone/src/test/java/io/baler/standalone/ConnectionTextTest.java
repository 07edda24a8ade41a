package io.baler.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.standalone.stack.Connection;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConnectionTextTest {

    @Test
    void servicesThatAreStartedByHandGetTheKeyThatSigns() {
        var connection =
                new Connection("http://127.0.0.1:8080", "t", "mongodb://127.0.0.1:1/baler", "127.0.0.1:2", null);

        var properties = ConnectionText.properties(connection, Path.of("/data/signing-key.pem"));

        assertThat(properties).containsEntry("baler.signing.key-file", "/data/signing-key.pem");
        assertThat(properties.keySet().stream().map(ConnectionText::variable)).contains("BALER_SIGNING_KEYFILE");
    }

    @Test
    void anApiThatIsStartedByHandTakesTheToken() {
        var connection =
                new Connection("http://127.0.0.1:8080", "t", "mongodb://127.0.0.1:1/baler", "127.0.0.1:2", null);

        var properties = ConnectionText.properties(connection, Path.of("/data/signing-key.pem"));

        assertThat(properties)
                .containsEntry("baler.api.token", "t")
                .containsEntry("spring.profiles.active", "embedded");
        assertThat(properties.keySet().stream().map(ConnectionText::variable)).contains("SPRING_PROFILES_ACTIVE");
    }
}
