package io.baler.job.start;

import com.mongodb.client.MongoClient;
import io.baler.job.storage.ExportBucket;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.core.KafkaAdmin;

/** Fails a start early and in plain words. */
@Configuration(proxyBeanMethods = false)
public class StartConfiguration {
    private static final int SERVER_SELECTION_SECONDS = 10;

    /** A primary is elected within this; the driver's 30 s only make an operator wait for bad news. */
    @Bean
    // before the connection string is applied, so that what an operator says there wins
    @Order(Ordered.HIGHEST_PRECEDENCE)
    MongoClientSettingsBuilderCustomizer serverSelection() {
        return settings -> settings.applyToClusterSettings(
                cluster -> cluster.serverSelectionTimeout(SERVER_SELECTION_SECONDS, TimeUnit.SECONDS));
    }

    @Bean
    ServerChecks serverChecks(MongoClient mongo, KafkaAdmin kafka, ExportBucket bucket) {
        return new ServerChecks(mongo, kafka, bucket);
    }
}
