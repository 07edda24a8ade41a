package io.baler.job.events;

import io.baler.job.JobStore;
import java.time.Clock;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** Declares the topics and wires their publisher. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Topics.class)
public class EventConfiguration {

    @Bean
    NewTopics declaredTopics(Topics topics) {
        return new NewTopics(topics.declared().toArray(NewTopic[]::new));
    }

    @Bean
    KafkaTemplate<String, byte[]> eventTemplate(ProducerFactory<String, byte[]> producers) {
        return new KafkaTemplate<>(producers);
    }

    @Bean
    ExportEvents exportEvents(KafkaTemplate<String, byte[]> kafka, Topics topics, JobStore jobs, Clock clock) {
        return new ExportEvents(kafka, topics, jobs, clock);
    }
}
