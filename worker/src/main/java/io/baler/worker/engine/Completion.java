package io.baler.worker.engine;

import io.baler.job.ExportJob;
import io.baler.job.storage.ExportBucket;
import io.baler.job.storage.ExportBucket.PartsUnusable;
import io.baler.job.storage.ExportBucket.StoredObject;
import io.baler.job.storage.ExportBucket.UploadGone;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes the object of a frozen upload, whatever became of earlier tries: an answer that was lost is found again by
 * looking at the object.
 */
final class Completion {
    private static final int LOOKS = 3;

    private final ExportBucket bucket;
    private final Duration betweenLooks;

    Completion(ExportBucket bucket, Duration betweenLooks) {
        this.bucket = bucket;
        this.betweenLooks = betweenLooks;
    }

    /**
     * Returns the object's ETag.
     *
     * @throws UploadUnusable if the parts or the upload are gone and there is no object either
     */
    String complete(ExportJob job, StopSignal stop) {
        var key = String.valueOf(job.checkpoint().key());
        var uploadId = String.valueOf(job.checkpoint().uploadId());
        for (int look = 1; ; look++) {
            stop.throwIfSet();
            try {
                return bucket.completeUpload(key, uploadId, job.checkpoint().parts());
            } catch (PartsUnusable | UploadGone refused) {
                // an earlier Complete may have been carried out without its answer reaching anybody
                var done = finished(job, key);
                if (done.isPresent()) {
                    return done.get().etag();
                }
                if (refused instanceof PartsUnusable || look == LOOKS) {
                    throw new UploadUnusable("the upload cannot be completed", refused);
                }
            }
            stop.pause(betweenLooks);
        }
    }

    private Optional<StoredObject> finished(ExportJob job, String key) {
        return bucket.find(key)
                .filter(object -> object.size() == job.checkpoint().bytes());
    }

    /** Nothing can be made of the upload: the archive has to be made again. */
    static final class UploadUnusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        UploadUnusable(String why) {
            super(why);
        }

        UploadUnusable(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
