package io.baler.api.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DownloadSettingsTest {

    @Test
    void defaultsArePinned() {
        var unset = new Binder(new MapConfigurationPropertySource(Map.of()));

        assertThat(unset.bindOrCreate("baler.api", DownloadSettings.class))
                .isEqualTo(new DownloadSettings("redirect", 20));
    }

    @Test
    void whatCannotWorkIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DownloadSettings("proxy", 20))
                .withMessage("baler.api.downloads: must be redirect or stream, got proxy");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DownloadSettings("stream", 0))
                .withMessageStartingWith("baler.api.streams-at-once: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DownloadSettings("stream", 41))
                .withMessageStartingWith("baler.api.streams-at-once: ");
    }
}
