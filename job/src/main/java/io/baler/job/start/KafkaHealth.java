package io.baler.job.start;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether Kafka answers. While it does not, requests are still accepted and found in MongoDB, only later. Asks over one
 * connection that is kept, and waits for three seconds at most.
 */
final class KafkaHealth extends AbstractHealthIndicator implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 3_000;

    private final Admin admin;

    KafkaHealth(Map<String, Object> settings) {
        super("Kafka does not answer");
        var patient = new HashMap<>(settings);
        // the client asks for no more than this, however long its own patience is
        patient.put("default.api.timeout.ms", PATIENCE_MILLIS);
        patient.put("request.timeout.ms", PATIENCE_MILLIS);
        this.admin = Admin.create(patient);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws InterruptedException, ExecutionException {
        admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS))
                .clusterId()
                .get();
        builder.up();
    }

    @Override
    public void close() {
        admin.close();
    }
}
