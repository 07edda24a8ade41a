package io.baler.api.export;

import io.baler.job.ExportJob;
import io.baler.job.Garbage;
import io.baler.job.JobStore;
import io.baler.job.LoggedExport;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Takes a deleted export's bytes out of the bucket, normally before its requester has the answer. They stay in the
 * job's garbage, where the sweep finds what could not be removed here or arrived later.
 */
@Component
final class ArchiveRemoval {
    private static final Logger log = LoggerFactory.getLogger(ArchiveRemoval.class);
    private static final int WAIT_SECONDS = 2;

    private final ExportBucket bucket;
    private final JobStore jobs;
    private final Executor executor;

    ArchiveRemoval(ExportBucket bucket, JobStore jobs, @Qualifier("applicationTaskExecutor") Executor executor) {
        this.bucket = bucket;
        this.jobs = jobs;
        this.executor = executor;
    }

    /** @param deleted the job as it was */
    void remove(ExportJob deleted) {
        // a storage that hangs must not make the caller try again: the job is deleted already
        CompletableFuture.runAsync(() -> removeAll(deleted), executor)
                .completeOnTimeout(null, WAIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void removeAll(ExportJob deleted) {
        try {
            for (var bytes : bytesOf(deleted)) {
                bucket.abort(bytes.key(), bytes.uploadId());
                if (!jobs.isReferredTo(bytes.key())) {
                    ArchiveKeys.objectsOf(bytes.key()).forEach(bucket::delete);
                }
            }
        } catch (RuntimeException failure) {
            LoggedExport.about(
                    deleted,
                    () -> log.warn(
                            "Export {} is deleted, but its bytes could not be removed now ({}); the sweep will do it",
                            deleted.id(),
                            failure.toString()));
        }
    }

    private static List<Garbage> bytesOf(ExportJob job) {
        var all = new ArrayList<>(job.garbage());
        var checkpoint = job.checkpoint();
        if (checkpoint.key() != null && checkpoint.uploadId() != null) {
            all.add(new Garbage(checkpoint.key(), checkpoint.uploadId()));
        }
        return all;
    }
}
