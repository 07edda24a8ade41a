package io.baler.api.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NotificationSettingsTest {

    @Test
    void notificationsAreKeptForThirtyDays() {
        var unset = new Binder(new MapConfigurationPropertySource(Map.of()));

        assertThat(unset.bindOrCreate("baler.notifications", NotificationSettings.class))
                .isEqualTo(new NotificationSettings(Duration.ofDays(30)));
    }

    @Test
    void whatCannotWorkIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NotificationSettings(Duration.ZERO))
                .withMessageStartingWith("baler.notifications.retention: ");
    }
}
