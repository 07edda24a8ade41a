package io.baler.cleanup;

import io.baler.job.JobQueries;
import io.baler.job.JobStore;
import io.baler.job.events.ExportEvents;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The sweeps that must leave nothing behind an export but what its job refers to. */
public record CleanupRound(
        JobStore jobs, JobQueries found, ExportBucket bucket, ArchiveKeys keys, ExportEvents events) {
    private static final int PAGE = 1;

    /**
     * @param patience how long ago garbage was last seen, and how long an end may stay unannounced
     * @param clock for what S3 has dated
     */
    public void run(Duration patience, Clock clock) {
        var contents = bucket.contents(PAGE);
        List.of(
                        new GarbageBytes(found, jobs, bucket, contents, patience),
                        new Orphans(found, bucket, contents, keys, clock),
                        new UnannouncedEnds(found, events, patience))
                .forEach(Sweep::run);
    }
}
