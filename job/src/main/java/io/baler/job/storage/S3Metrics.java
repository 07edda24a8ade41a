package io.baler.job.storage;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.metrics.SdkMetric;

/**
 * {@code baler.s3.calls}: how long each call took, its retries included, by {@code operation} as S3 names it and
 * {@code outcome}, success or failure.
 */
final class S3Metrics implements MetricPublisher {
    private final MeterRegistry registry;

    S3Metrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void publish(MetricCollection call) {
        var operation = first(call, CoreMetric.OPERATION_NAME);
        var duration = first(call, CoreMetric.API_CALL_DURATION);
        if (operation != null && duration != null) {
            var succeeded = Boolean.TRUE.equals(first(call, CoreMetric.API_CALL_SUCCESSFUL));
            registry.timer("baler.s3.calls", "operation", operation, "outcome", succeeded ? "success" : "failure")
                    .record(duration);
        }
    }

    private static <T> @Nullable T first(MetricCollection call, SdkMetric<T> metric) {
        var values = call.metricValues(metric);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public void close() {
        // the registry is not this one's
    }
}
