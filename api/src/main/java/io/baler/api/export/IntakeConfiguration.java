package io.baler.api.export;

import io.baler.job.JobStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;

/** What the replicas must agree on about requests. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PreviewSettings.class)
class IntakeConfiguration {

    /** @param ready exists when the servers have been looked for, so that a wrong address is told as such */
    @Bean
    KeptKeys keptKeys(MongoTemplate mongo, JobStore ready) {
        var keys = new KeptKeys(mongo);
        keys.ensureIndex();
        return keys;
    }
}
