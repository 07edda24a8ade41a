package io.baler.worker.dispatch;

import io.baler.job.events.Topics;
import io.baler.job.tracing.Traces;
import io.opentelemetry.api.trace.SpanKind;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/**
 * Hears that an export was requested: makes sure that its job exists, starts it if a slot is free, and returns. From
 * then on the lease keeps the promise, not the offset. While all slots are busy no further request is taken, so the
 * lag of the topic is what waits.
 */
final class RequestListener {
    static final String ID = "baler-requests";
    private final RequestedJobs requested;
    private final Slots slots;
    private final KafkaListenerEndpointRegistry listeners;
    private final Topics topics;
    private final Traces traces;

    RequestListener(
            RequestedJobs requested,
            Slots slots,
            KafkaListenerEndpointRegistry listeners,
            Topics topics,
            Traces traces) {
        this.requested = requested;
        this.slots = slots;
        this.listeners = listeners;
        this.topics = topics;
        this.traces = traces;
        slots.whenFree(this::resume);
    }

    /** Named by the annotation below. */
    public Topics getTopics() {
        return topics;
    }

    @KafkaListener(
            id = ID,
            idIsGroup = false,
            groupId = "#{__listener.topics.workers()}",
            topics = "#{__listener.topics.requested()}",
            containerFactory = "requestContainers")
    void onRequest(ConsumerRecord<byte[], byte[]> message) {
        var request = new Request(message);
        var span = traces.begin("request by message", SpanKind.CONSUMER, request.sender());
        slots.start(Traces.within(span, () -> requested.ensure(request)));
        pauseIfBusy();
    }

    private void pauseIfBusy() {
        var container = listeners.getListenerContainer(ID);
        if (container == null || slots.anyFree()) {
            return;
        }
        container.pause();
        if (slots.anyFree()) {
            // a slot became free between the look and the pause, and its wake-up came too early
            container.resume();
        }
    }

    private void resume() {
        var container = listeners.getListenerContainer(ID);
        if (container != null && container.isPauseRequested()) {
            container.resume();
        }
    }
}
