package io.baler.api.auth;

import io.baler.api.headers.SecurityHeaders;
import io.baler.job.JobStore;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Wires the sessions of browsers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionSettings.class)
class SessionConfiguration {

    /** @param jobs shows that the database answers */
    @Bean
    WebSessions webSessions(MongoTemplate mongo, SessionSettings settings, Clock clock, JobStore jobs) {
        var sessions = new WebSessions(mongo, settings, clock);
        sessions.ensureIndexes();
        return sessions;
    }

    @Bean
    SessionCookie sessionCookie(SecurityHeaders transport) {
        return new SessionCookie(transport);
    }
}
