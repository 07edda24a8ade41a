package io.baler.worker.dispatch;

import io.baler.job.JobStore;
import io.baler.job.OutageLog;
import io.baler.job.audit.AuditTrail;
import io.baler.job.events.ExportEvents;
import io.baler.job.events.QuietRetries;
import io.baler.job.events.Topics;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.InvalidRequest;
import io.baler.job.tracing.Traces;
import io.baler.worker.engine.ExportRunner;
import io.baler.worker.engine.Machine;
import io.baler.worker.engine.WorkerSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/** Wires the ways by which jobs reach a slot. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
public class DispatchConfiguration {
    private static final Logger log = LoggerFactory.getLogger(DispatchConfiguration.class);

    @Bean
    Slots slots(JobStore jobs, ExportRunner runner, WorkerSettings settings, Machine machine) {
        // pid@host, and something random: a pid comes again after a restart
        var worker = ManagementFactory.getRuntimeMXBean().getName() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        return new Slots(jobs, runner, settings, worker, machine);
    }

    @Bean
    IdlePoll idlePoll(Slots slots, WorkerSettings settings) {
        return new IdlePoll(slots, settings);
    }

    @Bean
    RequestListener requestListener(
            RequestedJobs requested,
            Slots slots,
            KafkaListenerEndpointRegistry listeners,
            Topics topics,
            Traces traces) {
        return new RequestListener(requested, slots, listeners, topics, traces);
    }

    @Bean
    RequestedJobs requestedJobs(
            JobStore jobs, ExportRequests requests, AuditTrail audit, ExportEvents events, Topics topics) {
        return new RequestedJobs(jobs, requests, audit, events, topics);
    }

    @Bean
    ControlListener controlListener(Slots slots, Topics topics) {
        return new ControlListener(slots, topics);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> requestContainers(
            ConsumerFactory<String, byte[]> consumers, ProducerFactory<String, byte[]> producers, Topics topics) {
        var factory = containers(
                consumers,
                Map.of(
                        // as it came: a key that is no text is to be the same in the dead letters
                        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1,
                        // a dead worker's partitions are taken over within this
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000));
        factory.getContainerProperties().setAckMode(AckMode.RECORD);
        factory.getContainerProperties().setPauseImmediate(true);
        var asItCame = Map.<String, Object>of(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        QuietRetries.of(
                factory,
                deadLetterInvalidOnly(new KafkaTemplate<>(producers, asItCame), topics),
                new OutageLog(
                        log,
                        "A request by message cannot be looked at ({}); it is tried until it can",
                        "Requests by message can be looked at again"));
        return factory;
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, byte[]> controlContainers(
            ConsumerFactory<String, byte[]> consumers) {
        var factory = containers(consumers, Map.of());
        // a hint is not worth a second try: the next renewal finds what it said
        factory.setCommonErrorHandler(new DefaultErrorHandler((record, failure) -> {}, new FixedBackOff(0, 0)));
        return factory;
    }

    private static ConcurrentKafkaListenerContainerFactory<String, byte[]> containers(
            ConsumerFactory<String, byte[]> consumers, Map<String, Object> more) {
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        var properties = new java.util.HashMap<>(consumers.getConfigurationProperties());
        properties.putAll(more);
        factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(properties));
        // otherwise a password or an access list that is changed would end the listening for good
        factory.getContainerProperties().setAuthExceptionRetryInterval(Duration.ofSeconds(30));
        return factory;
    }

    /** What can never become a job goes to the dead letters as it came; everything else is tried without end. */
    private static DefaultErrorHandler deadLetterInvalidOnly(KafkaTemplate<String, byte[]> template, Topics topics) {
        var deadLetters = new DeadLetterPublishingRecoverer(
                template, (record, failure) -> new TopicPartition(topics.deadLetters(), Topics.DEAD_LETTER_PARTITION));
        deadLetters.setExceptionHeadersCreator(
                (headers, failure, isKey, names) -> Refusal.of(failure).tellIn(headers));
        var retries = new ExponentialBackOff(500, 2);
        retries.setMaxInterval(10_000);
        var handler = new DefaultErrorHandler(deadLetters, retries);
        handler.addNotRetryableExceptions(InvalidRequest.class);
        return handler;
    }
}
