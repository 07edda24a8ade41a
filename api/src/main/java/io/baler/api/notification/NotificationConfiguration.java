package io.baler.api.notification;

import com.mongodb.MongoException;
import io.baler.job.JobStore;
import io.baler.job.JobSummaries;
import io.baler.job.LoggedExport;
import io.baler.job.OutageLog;
import io.baler.job.events.QuietRetries;
import io.baler.job.events.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** Wires the way from the finished events to the people. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
@EnableConfigurationProperties(NotificationSettings.class)
class NotificationConfiguration {
    private static final Logger log = LoggerFactory.getLogger(NotificationConfiguration.class);
    private static final int SESSION_MILLIS = 10_000;

    /** @param jobs shows that the database answers */
    @Bean
    NotificationStore notificationStore(MongoTemplate mongo, Clock clock, JobStore jobs) {
        var store = new NotificationStore(mongo, clock);
        store.ensureIndexes();
        return store;
    }

    @Bean
    NotificationListener notificationListener(
            JobSummaries jobs, NotificationStore notifications, NotificationSettings settings, Topics topics) {
        return new NotificationListener(jobs, notifications, settings, topics);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> notificationContainers(
            ConsumerFactory<String, byte[]> consumers) {
        var properties = new HashMap<>(consumers.getConfigurationProperties());
        // a dead replica's partition is taken over within this
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(properties));
        factory.getContainerProperties().setAckMode(AckMode.RECORD);
        // otherwise a password or an access list that is changed would end the listening for good
        factory.getContainerProperties().setAuthExceptionRetryInterval(Duration.ofSeconds(30));
        QuietRetries.of(
                factory,
                waitingForTheDatabase(),
                new OutageLog(
                        log,
                        "MongoDB does not take notifications ({}); they are told once it does",
                        "MongoDB takes notifications again"));
        return factory;
    }

    /** What MongoDB cannot take is tried without end; a defect of ours must not keep the others from being told. */
    private static DefaultErrorHandler waitingForTheDatabase() {
        var retries = new ExponentialBackOff(500, 2);
        retries.setMaxInterval(10_000);
        var handler = new DefaultErrorHandler(
                (message, failure) -> LoggedExport.about(
                        String.valueOf(message.key()),
                        () -> log.error(
                                "The end of export {} could not be told to its requester; it stays in the list of exports",
                                message.key(),
                                failure)),
                retries);
        handler.defaultFalse(true);
        handler.addRetryableExceptions(DataAccessException.class, MongoException.class);
        return handler;
    }
}
