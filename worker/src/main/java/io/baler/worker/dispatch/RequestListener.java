package io.baler.worker.dispatch;

import io.baler.job.Creation;
import io.baler.job.JobStore;
import io.baler.job.events.Topics;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.InvalidRequest;
import io.baler.job.request.JobIds;
import io.baler.job.request.RequestJson;
import io.baler.job.request.RequestReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Hears that an export was requested: makes sure that its job exists, starts it if a slot is free, and returns. From
 * then on the lease keeps the promise, not the offset. While all slots are busy no further request is taken, so the
 * lag of the topic is what waits.
 */
final class RequestListener {
    static final String ID = "baler-requests";
    private final JobStore jobs;
    private final ExportRequests requests;
    private final Slots slots;
    private final KafkaListenerEndpointRegistry listeners;
    private final Topics topics;

    RequestListener(
            JobStore jobs,
            ExportRequests requests,
            Slots slots,
            KafkaListenerEndpointRegistry listeners,
            Topics topics) {
        this.jobs = jobs;
        this.requests = requests;
        this.slots = slots;
        this.listeners = listeners;
        this.topics = topics;
        slots.whenFree(this::resume);
    }

    /** Named by the annotation below. */
    public Topics getTopics() {
        return topics;
    }

    @KafkaListener(
            id = ID,
            idIsGroup = false,
            groupId = "baler-workers",
            topics = "#{__listener.topics.requested()}",
            containerFactory = "requestContainers")
    void onRequest(ConsumerRecord<String, byte[]> message) {
        var event = read(message.value());
        var jobId = jobId(event);
        if (jobs.find(jobId).isEmpty()) {
            create(jobId, event);
        }
        slots.start(jobId);
        pauseIfBusy();
    }

    private void create(String jobId, JsonNode event) {
        var request = RequestReader.read(event);
        var requestedBy = RequestReader.requester(event);
        var creation = jobs.create(requests.accept(jobId, requestedBy, request));
        if (creation instanceof Creation.Duplicate duplicate) {
            throw InvalidRequest.unprocessable(
                    "filters",
                    "the same export is already under way as "
                            + duplicate.existing().id());
        } else if (creation instanceof Creation.TooMany tooMany) {
            throw InvalidRequest.unprocessable(
                    "requestedBy",
                    "has " + tooMany.most() + " exports that wait or run, and more are not allowed at once");
        }
    }

    private static JsonNode read(byte[] value) {
        if (value == null) {
            throw InvalidRequest.malformed("(value)", "is missing");
        }
        try {
            return RequestJson.parse(value);
        } catch (JacksonException unreadable) {
            throw InvalidRequest.malformed("(value)", "is not JSON, or has a name twice");
        }
    }

    private static String jobId(JsonNode event) {
        var id = event.path("jobId").asString("");
        if (!JobIds.isValid(id)) {
            throw InvalidRequest.malformed("jobId", "must be an ObjectId or a UUID in lower case");
        }
        return id;
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
