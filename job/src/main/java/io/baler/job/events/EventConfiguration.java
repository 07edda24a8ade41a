package io.baler.job.events;

import io.baler.job.JobStore;
import io.baler.job.audit.AuditTrail;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;

/** Declares the topics and wires their publisher. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Topics.class)
public class EventConfiguration {
    private static final Logger log = LoggerFactory.getLogger(EventConfiguration.class);
    private static final int WAITING_AT_MOST = 10_000;

    @Bean
    NewTopics declaredTopics(Topics topics) {
        return new NewTopics(topics.all().stream().map(Topics.Topic::declared).toArray(NewTopic[]::new));
    }

    @Bean
    KafkaTemplate<String, byte[]> eventTemplate(ProducerFactory<String, byte[]> producers) {
        var template = new KafkaTemplate<>(producers);
        // Spring's own logs an error for each; what a failure means is said by ExportEvents
        template.setProducerListener(new ProducerListener<>() {});
        return template;
    }

    @Bean
    ExportEvents exportEvents(KafkaTemplate<String, byte[]> kafka, Topics topics, JobStore jobs, AuditTrail audit) {
        return new ExportEvents(kafka, topics, jobs, audit, sender());
    }

    private static ThreadPoolExecutor sender() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_AT_MOST),
                task -> new Thread(task, "events"),
                (task, full) -> log.warn(
                        "Kafka takes no more messages, or this service stops; one is left to be found in MongoDB"));
    }
}
