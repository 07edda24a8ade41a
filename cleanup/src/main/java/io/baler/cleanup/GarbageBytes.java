package io.baler.cleanup;

import io.baler.job.Garbage;
import io.baler.job.JobQueries;
import io.baler.job.JobStore;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.BucketContents;
import io.baler.job.storage.ExportBucket;
import java.time.Duration;

/**
 * Aborts the uploads and deletes the objects that restarts, cancellations and deletions left behind. What a stopped
 * worker had sent off may arrive after that, a part or even the finished object: so garbage is forgotten only at a look
 * that finds nothing, long enough behind the last one that found something.
 */
final class GarbageBytes implements Sweep {
    private final JobQueries found;
    private final JobStore jobs;
    private final ExportBucket bucket;
    private final BucketContents contents;
    private final Duration patience;

    /** @param patience longer than two leases, and than any try of a call to S3 */
    GarbageBytes(JobQueries found, JobStore jobs, ExportBucket bucket, BucketContents contents, Duration patience) {
        this.found = found;
        this.jobs = jobs;
        this.bucket = bucket;
        this.contents = contents;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "garbage";
    }

    @Override
    public void run(Round round) {
        // each of a job's alone, too: one that cannot go must not keep the others
        var all =
                found.withGarbage().flatMap(job -> job.garbage().stream().map(garbage -> new Left(job.id(), garbage)));
        round.each(all, Left::toString, left -> sweep(left.job, left.garbage));
    }

    private record Left(String job, Garbage garbage) {
        @Override
        public String toString() {
            return job + " (" + garbage.key() + ")";
        }
    }

    private boolean sweep(String id, Garbage garbage) {
        var isShared = jobs.isReferredTo(garbage.key());
        var nothingLeft = !contents.isAlive(garbage.key(), garbage.uploadId())
                && (isShared
                        || ArchiveKeys.objectsOf(garbage.key()).stream()
                                .allMatch(key -> bucket.find(key).isEmpty()));
        // however it looks: a list may lag behind, and versions do not show
        bucket.abort(garbage.key(), garbage.uploadId());
        if (!isShared) {
            ArchiveKeys.objectsOf(garbage.key()).forEach(contents::deleteForGood);
        }
        if (!nothingLeft || garbage.sweptAt() == null) {
            jobs.markSwept(id, garbage);
            return true;
        }
        if (found.sweptLongerAgoThan(patience, id, garbage)) {
            jobs.forgetGarbage(id, garbage);
            return true;
        }
        return false;
    }
}
