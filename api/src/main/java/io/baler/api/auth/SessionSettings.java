package io.baler.api.auth;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a browser stays signed in.
 *
 * @param session from signing in; it ends earlier with the token that it began with
 */
@ConfigurationProperties("baler.api")
record SessionSettings(@DefaultValue("8h") Duration session) {
    private static final Duration LONGEST = Duration.ofDays(30);

    SessionSettings {
        if (session.toSeconds() < 1 || session.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("baler.api.session: must be from 1s to 30d, got " + session);
        }
    }
}
