package io.baler.job.start;

import io.baler.job.events.ImpatientAdmin;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether Kafka answers. While it does not, requests are still accepted and found in MongoDB, only later. Asks over one
 * connection that is kept.
 */
final class KafkaHealth extends AbstractHealthIndicator implements AutoCloseable {
    private final Admin admin;

    KafkaHealth(Map<String, Object> settings) {
        super("Kafka does not answer");
        this.admin = ImpatientAdmin.of(settings);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws InterruptedException, ExecutionException {
        admin.describeCluster().clusterId().get();
        builder.up();
    }

    @Override
    public void close() {
        admin.close();
    }
}
