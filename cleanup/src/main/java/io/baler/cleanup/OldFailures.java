package io.baler.cleanup;

import io.baler.job.Change;
import io.baler.job.JobQueries;
import io.baler.job.JobStore;
import io.baler.job.RetentionSettings;
import java.time.Clock;

/** Deletes failed, cancelled and expired jobs once people have had the time to read why and to resume. */
final class OldFailures implements Sweep {
    private final JobQueries found;
    private final JobStore jobs;
    private final RetentionSettings retention;
    private final Clock clock;

    OldFailures(JobQueries found, JobStore jobs, RetentionSettings retention, Clock clock) {
        this.found = found;
        this.jobs = jobs;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "old failures";
    }

    @Override
    public void run(Round round) {
        var cutoff = clock.instant().minus(retention.failedRetention());
        round.each(found.endedWithoutResultBefore(cutoff), id -> id, id -> jobs.delete(id) instanceof Change.Changed);
    }
}
