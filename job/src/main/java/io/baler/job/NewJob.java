package io.baler.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request that has been found valid and that {@link JobStore#create} makes a job of. */
public record NewJob(
        String id,
        String requestedBy,
        LogFilters filters,
        Selection selection,
        String filterHash,
        ArchiveFormat format,
        @Nullable Instant asOf,
        @Nullable TraceContext trace) {

    /** Of no trace. */
    public NewJob(
            String id,
            String requestedBy,
            LogFilters filters,
            Selection selection,
            String filterHash,
            ArchiveFormat format,
            @Nullable Instant asOf) {
        this(id, requestedBy, filters, selection, filterHash, format, asOf, null);
    }

    public NewJob tracedAs(@Nullable TraceContext context) {
        return new NewJob(id, requestedBy, filters, selection, filterHash, format, asOf, context);
    }

    String liveKey() {
        return liveKey(requestedBy, filterHash);
    }

    static String liveKey(String requestedBy, String filterHash) {
        return filterHash + " " + requestedBy;
    }
}
