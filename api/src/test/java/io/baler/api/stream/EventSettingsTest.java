package io.baler.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EventSettingsTest {

    @Test
    void defaultsArePinned() {
        var unset = new Binder(new MapConfigurationPropertySource(Map.of()));

        assertThat(unset.bindOrCreate("baler.events", EventSettings.class))
                .isEqualTo(new EventSettings(Duration.ofMillis(500), Duration.ofSeconds(15), 100));
    }

    @Test
    void whatCannotWorkIsRefusedByName() {
        var second = Duration.ofSeconds(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventSettings(Duration.ofNanos(1), second, 1))
                .withMessageStartingWith("baler.events.poll: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventSettings(second, Duration.ZERO, 1))
                .withMessageStartingWith("baler.events.heartbeat: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventSettings(second, second, 0))
                .withMessageStartingWith("baler.events.streams-per-requester: ");
    }
}
