package io.baler.api.notification;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are told.
 *
 * @param retention how long after the end of an export its notification can be read; a change holds for later ones
 */
@ConfigurationProperties("baler.notifications")
record NotificationSettings(@DefaultValue("30d") Duration retention) {

    NotificationSettings {
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException(
                    "baler.notifications.retention: must be longer than zero, got " + retention);
        }
    }
}
