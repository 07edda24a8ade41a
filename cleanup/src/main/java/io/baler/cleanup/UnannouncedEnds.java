package io.baler.cleanup;

import io.baler.job.ExportJob;
import io.baler.job.JobQueries;
import io.baler.job.events.ExportEvents;
import java.time.Duration;

/** Publishes how jobs ended whose end nobody published: Kafka was away, or the service died in between. */
final class UnannouncedEnds implements Sweep {
    private final JobQueries jobs;
    private final ExportEvents events;
    private final Duration patience;

    /** @param patience how long the service that ended a job has to publish it itself */
    UnannouncedEnds(JobQueries jobs, ExportEvents events, Duration patience) {
        this.jobs = jobs;
        this.events = events;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "unannounced ends";
    }

    @Override
    public void run(Round round) {
        round.each(jobs.unannounced(patience), ExportJob::id, job -> {
            events.finished(job);
            return true;
        });
    }
}
