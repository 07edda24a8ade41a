package io.baler.cleanup;

import io.baler.job.Garbage;
import io.baler.job.JobGarbage;
import io.baler.job.JobQueries;
import io.baler.job.JobStore;
import io.baler.job.storage.ExportBucket;

/**
 * Aborts the uploads and deletes the objects that restarts, cancellations and deletions left behind. Looks again
 * until S3 no longer knows the upload, since a part in flight may arrive after the first abort.
 */
final class GarbageBytes implements Sweep {
    private final JobQueries found;
    private final JobStore jobs;
    private final ExportBucket bucket;

    GarbageBytes(JobQueries found, JobStore jobs, ExportBucket bucket) {
        this.found = found;
        this.jobs = jobs;
        this.bucket = bucket;
    }

    @Override
    public String name() {
        return "garbage";
    }

    @Override
    public int run() {
        return EachAlone.treat(name(), found.withGarbage(OverdueJobs.BATCH), JobGarbage::id, this::sweep);
    }

    private boolean sweep(JobGarbage job) {
        // alone, too: one that cannot go must not keep the job's others
        return EachAlone.treat(name(), job.garbage(), garbage -> job.id(), garbage -> sweep(job.id(), garbage)) > 0;
    }

    private boolean sweep(String id, Garbage garbage) {
        var gone = !bucket.isAlive(garbage.key(), garbage.uploadId());
        bucket.abort(garbage.key(), garbage.uploadId());
        if (!jobs.isReferredTo(garbage.key())) {
            bucket.delete(garbage.key());
        }
        if (gone) {
            jobs.forgetGarbage(id, garbage);
        }
        return true;
    }
}
