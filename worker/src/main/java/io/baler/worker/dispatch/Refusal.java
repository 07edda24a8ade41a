package io.baler.worker.dispatch;

import io.baler.job.events.DeadLetterHeaders;
import io.baler.job.request.InvalidRequest;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;

/** Why a message never becomes a job, as its dead letter tells it. */
record Refusal(String code, String reason) {

    static Refusal of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidRequest invalid) {
                return new Refusal(invalid.code(), String.valueOf(invalid.getMessage()));
            }
        }
        return new Refusal("unexpected", failure.getClass().getSimpleName());
    }

    void tellIn(Headers headers) {
        headers.add(DeadLetterHeaders.CODE, code.getBytes(StandardCharsets.UTF_8));
        headers.add(DeadLetterHeaders.REASON, reason.getBytes(StandardCharsets.UTF_8));
    }
}
