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

        assertThat(defaults).isEqualTo(new CleanupSettings(Duration.ofMinutes(10), false, Duration.ofMinutes(15)));
    }

    @Test
    void refusesToSweepWithoutAPause() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CleanupSettings(Duration.ZERO, false, Duration.ZERO))
                .withMessageContaining("baler.cleanup.interval");
    }

    @Test
    void refusesToRemoveArchivesBeforeTheirDownloadsEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CleanupSettings(Duration.ofMinutes(1), false, Duration.ofSeconds(-1)))
                .withMessageContaining("baler.cleanup.download-grace");
    }
}
