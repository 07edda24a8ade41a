package io.baler.api.export;

import io.baler.api.stream.EventStream;
import org.jspecify.annotations.Nullable;

/** One who follows an export, and the last that he or she has heard of it. Not safe for several threads. */
final class Follower {
    private final EventStream stream;
    private @Nullable String heard;

    /** @param heard id of the last event that arrived on an earlier stream */
    Follower(EventStream stream, @Nullable String heard) {
        this.stream = stream;
        this.heard = heard;
    }

    /** Whether there is more to tell afterwards. */
    boolean tell(ExportEvent event) {
        if (stream.isClosed()) {
            return false;
        }
        if (!event.isKnownAs(heard)) {
            heard = event.id();
            stream.send(event.bytes());
        }
        if (event.isLast()) {
            stream.end();
        }
        return !event.isLast();
    }

    void end() {
        stream.end();
    }
}
