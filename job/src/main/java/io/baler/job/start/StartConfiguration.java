package io.baler.job.start;

import com.mongodb.client.MongoClient;
import io.baler.job.RetentionSettings;
import io.baler.job.source.SourceSettings;
import io.baler.job.storage.ExportBucket;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaAdmin;

/** Fails a start early and in plain words, and tells afterwards how the service and its servers are. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/baler/job/start/management.properties")
public class StartConfiguration {
    private static final int SERVER_SELECTION_SECONDS = 10;
    private static final int ANSWER_SECONDS = 10;

    /** Before the first bean of it, and so before the first server is looked for. */
    StartConfiguration(
            Environment environment,
            MongoConnectionDetails mongodb,
            KafkaConnectionDetails kafka,
            RetentionSettings retention,
            SourceSettings source) {
        new RequiredSettings(environment).check(mongodb, kafka);
        source.requireDatabase();
        retention.requireTimeFor(
                "baler.source.settle",
                source.settle(),
                "an export up to now waits that long before it reads, and would expire meanwhile");
    }

    /**
     * A primary is elected within this; the driver's 30 s only make an operator wait for bad news. What the services
     * ask of the jobs' database is answered at once or not at all: a host that went away without a word must not hold
     * the threads that renew leases and look for work.
     */
    @Bean
    // before the connection string is applied, so that what an operator says there wins
    @Order(Ordered.HIGHEST_PRECEDENCE)
    MongoClientSettingsBuilderCustomizer patience() {
        return settings -> settings.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(SERVER_SELECTION_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.readTimeout(ANSWER_SECONDS, TimeUnit.SECONDS));
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(KafkaAdmin kafka, ServerChecks passed) {
        return new KafkaHealth(kafka.getConfigurationProperties());
    }

    @Bean
    ServerChecks serverChecks(MongoClient mongo, KafkaAdmin kafka, ExportBucket bucket) {
        return new ServerChecks(mongo, kafka, bucket);
    }
}
