package io.baler.api.export;

import io.baler.job.JobSummary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where an export stands, as those hear it who follow it: made once for all of them. */
final class ExportEvent {
    private final ExportView view;
    private final String id;
    private final boolean last;
    private final byte[] bytes;

    private ExportEvent(ExportView view, String id, boolean last, byte[] bytes) {
        this.view = view;
        this.id = id;
        this.last = last;
        this.bytes = bytes;
    }

    static ExportEvent of(JobSummary job, Snapshot snapshot) {
        var last = !job.status().isLive();
        // of an end by what does not change when its archive is given up later
        var id = last ? job.outcome() + "-" + endOf(job).toEpochMilli() : snapshot.tag();
        var type = last ? job.outcome() : "progress";
        var text = "id: " + id + "\nevent: " + type + "\ndata: " + snapshot.json() + "\n\n";
        return new ExportEvent(snapshot.view(), id, last, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Instant endOf(JobSummary job) {
        return Objects.requireNonNullElse(job.endedAt(), job.createdAt());
    }

    /** Whether it says the same as this view would. */
    boolean shows(ExportView other) {
        return view.equals(other);
    }

    boolean isKnownAs(@Nullable String other) {
        return id.equals(other);
    }

    String id() {
        return id;
    }

    /** The export has ended, and so does every stream behind this. */
    boolean isLast() {
        return last;
    }

    byte[] bytes() {
        return bytes;
    }
}
