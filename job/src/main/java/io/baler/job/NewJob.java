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
        @Nullable Instant asOf) {

    String liveKey() {
        return liveKey(requestedBy, filterHash);
    }

    static String liveKey(String requestedBy, String filterHash) {
        return filterHash + " " + requestedBy;
    }
}
