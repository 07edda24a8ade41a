package io.baler.job.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Asks Kafka for those who would rather hear nothing than wait: health and metrics. */
public final class ImpatientAdmin {
    /** Less than probes and collectors wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private ImpatientAdmin() {}

    /** @param settings of the service's own clients; how long those wait makes no difference */
    public static Admin of(Map<String, Object> settings) {
        var millis = Math.toIntExact(PATIENCE.toMillis());
        var impatient = new HashMap<>(settings);
        impatient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        impatient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        return Admin.create(impatient);
    }
}
