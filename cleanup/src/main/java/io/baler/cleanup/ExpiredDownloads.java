package io.baler.cleanup;

import io.baler.job.Attachment;
import io.baler.job.Change;
import io.baler.job.ExportJob;
import io.baler.job.JobQueries;
import io.baler.job.JobStore;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Removes completed exports whose download period has ended. The order keeps every crash harmless: the job gives up
 * its reference, then the object goes unless another job refers to it, then the job.
 */
final class ExpiredDownloads implements Sweep {
    private final JobQueries found;
    private final JobStore jobs;
    private final ExportBucket bucket;
    private final Duration period;
    private final Clock clock;

    /** @param period from completion, after which nobody is downloading any more */
    ExpiredDownloads(JobQueries found, JobStore jobs, ExportBucket bucket, Duration period, Clock clock) {
        this.found = found;
        this.jobs = jobs;
        this.bucket = bucket;
        this.period = period;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "expired downloads";
    }

    @Override
    public void run(Round round) {
        var cutoff = clock.instant().minus(period);
        round.each(found.completedBefore(cutoff), ExportJob::id, this::remove);
    }

    private boolean remove(ExportJob job) {
        if (!(jobs.releaseAttachment(job.id()) instanceof Change.Changed)) {
            return false;
        }
        deleteUnlessShared(job.attachment());
        return jobs.delete(job.id()) instanceof Change.Changed;
    }

    private void deleteUnlessShared(@Nullable Attachment attachment) {
        if (attachment != null && !jobs.isReferredTo(attachment.key())) {
            ArchiveKeys.objectsOf(attachment.key()).forEach(bucket::delete);
        }
    }
}
