package io.baler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;

/** Where an export stands. Stored and shown in lower case. */
public enum JobStatus {
    QUEUED,
    EXPORTING,
    UPLOADING,
    COMPLETED,
    FAILED,
    CANCELLED,
    EXPIRED,
    /** A tombstone: the job is gone, and its id must not come back while a message could still bring it. */
    DELETED;

    /** Jobs that still want to end; only these are claimed, restarted, cancelled or expired. */
    public static final Set<JobStatus> LIVE = Set.of(QUEUED, EXPORTING, UPLOADING);

    /** Jobs that have ended and that people can still read about. */
    public static final Set<JobStatus> FINISHED = Set.of(COMPLETED, FAILED, CANCELLED, EXPIRED);

    public boolean isLive() {
        return LIVE.contains(this);
    }

    public boolean isFinished() {
        return FINISHED.contains(this);
    }

    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobStatus of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
