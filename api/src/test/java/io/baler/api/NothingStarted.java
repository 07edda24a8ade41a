package io.baler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.api.Messages.Message;
import java.util.function.Supplier;

/** The guarantee that a refused call leaves no trace: no job, no change of one, no message. */
final class NothingStarted {
    private final ApiServer api;

    NothingStarted(ApiServer api) {
        this.api = api;
    }

    Answer by(Supplier<Answer> refusedCall) {
        api.awaitSilence();
        var before = api.storedJobs();

        var answer = refusedCall.get();

        assertThat(api.storedJobs()).isEqualTo(before);
        // messages go out one after the other: when a later one has arrived, an earlier one would have, too
        var fence = api.requested();
        // but only this replica's: another's may still say what it did before, and a change would show in the document
        var known = before.stream().map(job -> job.getString("_id")).toList();
        assertThat(api.messages().until(Message.about("baler.export.requested", fence)))
                .filteredOn(message -> !known.contains(message.key()))
                .extracting(Message::key)
                .containsExactly(fence);
        return answer;
    }
}
