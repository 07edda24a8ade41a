package io.baler.cleanup;

import io.baler.job.JobQueries;
import io.baler.job.JobStore;
import java.time.Duration;

/** Removes the part lists of deleted jobs, late enough that no worker of theirs can still be adding one. */
final class PartLists implements Sweep {
    private final JobQueries found;
    private final JobStore jobs;
    private final Duration patience;

    /** @param patience longer than any lease */
    PartLists(JobQueries found, JobStore jobs, Duration patience) {
        this.found = found;
        this.jobs = jobs;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "part lists";
    }

    @Override
    public void run(Round round) {
        round.each(found.deletedWithParts(patience), id -> id, id -> {
            jobs.forgetParts(id);
            return true;
        });
    }
}
