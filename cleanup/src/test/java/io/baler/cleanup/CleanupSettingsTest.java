package io.baler.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CleanupSettingsTest {

    @Test
    void sweepsEveryTenMinutesUnlessToldOtherwise() {
        var defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("baler.cleanup", CleanupSettings.class);

        assertThat(defaults).isEqualTo(new CleanupSettings(Duration.ofMinutes(10)));
    }

    @Test
    void refusesToSweepWithoutAPause() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CleanupSettings(Duration.ZERO))
                .withMessageContaining("baler.cleanup.interval");
    }
}
