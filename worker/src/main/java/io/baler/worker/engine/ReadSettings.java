package io.baler.worker.engine;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How hard a worker is on the logs' database.
 *
 * @param maxRecordsPerSecond that one worker reads, all its exports together; none = as fast as they come
 */
@ConfigurationProperties("baler.worker")
record ReadSettings(@Nullable Integer maxRecordsPerSecond) {
    ReadSettings {
        if (maxRecordsPerSecond != null && maxRecordsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "baler.worker.max-records-per-second: must be at least 1, got " + maxRecordsPerSecond);
        }
    }
}
