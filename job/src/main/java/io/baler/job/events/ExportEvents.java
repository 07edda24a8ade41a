package io.baler.job.events;

import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.job.LoggedExport;
import io.baler.job.OutageLog;
import io.baler.job.TraceContext;
import io.baler.job.audit.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rings the bell. What it says is in MongoDB already, so it never blocks or fails its caller: a message that Kafka
 * does not take is found there by the workers and the cleanup.
 */
public final class ExportEvents implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExportEvents.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final KafkaTemplate<String, byte[]> kafka;
    private final Topics topics;
    private final JobStore jobs;
    private final AuditTrail audit;
    private final ExecutorService sender;
    private final OutageLog kafkaAway = new OutageLog(
            log,
            "Kafka takes no messages ({}). Nothing is lost: MongoDB has what they say, it is only found later",
            "Kafka takes messages again");

    /**
     * @param sender one thread of its own, because a producer blocks for as long as it does not know the brokers; it is
     *     shut down with this
     */
    public ExportEvents(
            KafkaTemplate<String, byte[]> kafka,
            Topics topics,
            JobStore jobs,
            AuditTrail audit,
            ExecutorService sender) {
        this.kafka = kafka;
        this.topics = topics;
        this.jobs = jobs;
        this.audit = audit;
        this.sender = sender;
    }

    public void requested(ExportJob job) {
        publish(topics.requested(), job, UUID.randomUUID().toString(), ExportRequested.of(job), () -> {});
    }

    public void restarted(ExportJob job) {
        control(topics.restart(), job);
        requested(job);
    }

    public void cancelled(ExportJob job) {
        control(topics.cancel(), job);
        finished(job);
    }

    public void expired(ExportJob job) {
        control(topics.expire(), job);
        finished(job);
    }

    /** At least once; the id is the same whenever the same end is published again. */
    public void finished(ExportJob job) {
        var id = job.id() + ":" + job.epoch() + ":" + job.status().value();
        publish(topics.finished(), job, id, ExportFinished.of(job), () -> {
            audit.ended(job);
            jobs.markAnnounced(job);
        });
    }

    private void control(String topic, ExportJob job) {
        publish(topic, job, UUID.randomUUID().toString(), new ControlMessage(job.id(), job.epoch()), () -> {});
    }

    private void publish(String topic, ExportJob job, String id, Object message, Runnable whenSent) {
        sender.execute(() -> LoggedExport.about(job, () -> {
            if (send(record(topic, job, id, message))) {
                note(topic, job, whenSent);
            }
        }));
    }

    private boolean send(ProducerRecord<String, byte[]> message) {
        try {
            kafka.send(message).get();
            kafkaAway.answered();
            return true;
        } catch (ExecutionException | RuntimeException notTaken) {
            kafkaAway.failed(NestedExceptionUtils.getMostSpecificCause(notTaken).toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static void note(String topic, ExportJob job, Runnable whenSent) {
        try {
            whenSent.run();
        } catch (RuntimeException failure) {
            log.warn(
                    "Export {}: the message for {} was sent, but not noted as sent ({}); it is sent again",
                    job.id(),
                    topic,
                    failure.toString());
        }
    }

    private ProducerRecord<String, byte[]> record(String topic, ExportJob job, String id, Object message) {
        var record = new ProducerRecord<>(topic, job.id(), JSON.writeValueAsBytes(message));
        var type = topic.substring(topics.prefix().length());
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", id);
        header(record, "ce_type", "io.baler." + type);
        header(record, "ce_source", "/baler");
        header(record, "ce_time", job.updatedAt().toString());
        header(record, "content-type", "application/json");
        var trace = job.trace();
        if (trace != null) {
            header(record, TraceContext.TRACEPARENT, trace.traceparent());
            if (trace.tracestate() != null) {
                header(record, TraceContext.TRACESTATE, trace.tracestate());
            }
        }
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (sender.awaitTermination(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        log.warn("Messages were still waiting for Kafka. Nothing is lost: MongoDB has what they say");
    }
}
