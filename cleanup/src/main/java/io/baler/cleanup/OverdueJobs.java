package io.baler.cleanup;

import io.baler.job.Change;
import io.baler.job.JobQueries;
import io.baler.job.JobStore;
import io.baler.job.RetentionSettings;
import io.baler.job.events.ExportEvents;

/** Expires jobs that have been live for too long, by the database's clock, and tells their workers and requesters. */
final class OverdueJobs implements Sweep {
    private final JobQueries found;
    private final JobStore jobs;
    private final ExportEvents events;
    private final RetentionSettings retention;

    OverdueJobs(JobQueries found, JobStore jobs, ExportEvents events, RetentionSettings retention) {
        this.found = found;
        this.jobs = jobs;
        this.events = events;
        this.retention = retention;
    }

    @Override
    public String name() {
        return "overdue jobs";
    }

    @Override
    public void run(Round round) {
        round.each(found.overdue(retention.jobExpiration()), id -> id, this::expire);
    }

    private boolean expire(String id) {
        if (jobs.expire(id, retention.jobExpiration()) instanceof Change.Changed expired) {
            events.expired(expired.job());
            return true;
        }
        return false;
    }
}
