package io.baler.worker.dispatch;

import io.baler.job.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A message that asks for an export, as far as it is looked at. */
record Request(ConsumerRecord<byte[], byte[]> message) {

    byte @Nullable [] value() {
        return message.value();
    }

    /** By its producer's clock. */
    Instant publishedAt() {
        return Instant.ofEpochMilli(message.timestamp());
    }

    /** Which it is part of, if it says so or is traced here. */
    @Nullable
    TraceContext trace() {
        return TraceContext.of(this::header).orElse(null);
    }

    /** Which it says it is part of. */
    @Nullable
    TraceContext sender() {
        return TraceContext.in(this::header).orElse(null);
    }

    private @Nullable String header(String name) {
        var header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
