package io.baler.job.events;

import io.baler.job.OutageLog;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.listener.RetryListener;

/**
 * Says once that messages are tried again, and once that they are not any more. Spring's own says it at each try, with a
 * stack trace.
 */
public final class QuietRetries<K, V> implements RetryListener, RecordInterceptor<K, V> {
    private final OutageLog outage;

    private QuietRetries(OutageLog outage) {
        this.outage = outage;
    }

    /** Lets the handler treat failures, and says by {@code outage} what they come to. */
    public static <K, V> void of(
            ConcurrentKafkaListenerContainerFactory<K, V> containers, DefaultErrorHandler handler, OutageLog outage) {
        var quiet = new QuietRetries<K, V>(outage);
        handler.setLogLevel(KafkaException.Level.DEBUG);
        handler.setRetryListeners(quiet);
        containers.setRecordInterceptor(quiet);
        containers.setCommonErrorHandler(handler);
    }

    /** The first try may be the last: what can never succeed is not tried again, and no outage. */
    @Override
    public void failedDelivery(ConsumerRecord<?, ?> message, @Nullable Exception failure, int attempt) {
        if (attempt > 1) {
            outage.failed(reason(failure));
        }
    }

    /** It was given up, and others can go on. */
    @Override
    public void recovered(ConsumerRecord<?, ?> message, @Nullable Exception failure) {
        outage.answered();
    }

    private static String reason(@Nullable Exception failure) {
        return failure == null
                ? "unknown"
                : NestedExceptionUtils.getMostSpecificCause(failure).getClass().getSimpleName();
    }

    @Override
    public ConsumerRecord<K, V> intercept(ConsumerRecord<K, V> message, Consumer<K, V> consumer) {
        return message;
    }

    @Override
    public void success(ConsumerRecord<K, V> message, Consumer<K, V> consumer) {
        outage.answered();
    }
}
