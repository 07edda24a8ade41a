package io.baler.job.storage;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.metrics.SdkMetric;

/**
 * {@code baler.s3.calls}: how long each call took, its retries included, by {@code operation} as S3 names it and
 * {@code outcome}: success, absent or failure. That something is not there is an answer that is often asked for, and not a
 * failure of the storage.
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
            registry.timer("baler.s3.calls", "operation", operation, "outcome", outcome(call))
                    .record(duration);
        }
    }

    private static String outcome(MetricCollection call) {
        if (Boolean.TRUE.equals(first(call, CoreMetric.API_CALL_SUCCESSFUL))) {
            return "success";
        }
        var attempts = call.children();
        var last = attempts.isEmpty() ? null : first(attempts.get(attempts.size() - 1), HttpMetric.HTTP_STATUS_CODE);
        return Integer.valueOf(HttpStatusCode.NOT_FOUND).equals(last) ? "absent" : "failure";
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
