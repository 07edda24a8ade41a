package io.baler.api.export;

import io.baler.job.Attachment;
import io.baler.job.storage.ExportBucket;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Service;

/**
 * Opens archives in the storage for callers, so many at once. Each holds a connection, and up to some megabytes that
 * the storage has sent ahead of a slow caller, whatever the archive's size.
 */
@Service
public final class ArchiveStreams {
    private final ExportBucket bucket;
    private final int most;
    private final Semaphore free;

    ArchiveStreams(ExportBucket bucket, DownloadSettings settings) {
        this.bucket = bucket;
        this.most = settings.streamsAtOnce();
        this.free = new Semaphore(most);
    }

    /** The bytes as they arrive; ends the call with the reason if there are none. To be closed. */
    InputStream open(Attachment archive, ByteRange range) {
        if (!free.tryAcquire()) {
            throw ExportProblems.tooManyDownloads(most);
        }
        var opened = false;
        try {
            var bytes = bucket.read(archive.key(), range.first(), range.count()).orElseThrow(ExportProblems::lost);
            opened = true;
            return new StreamedBytes(bytes, range.count(), free::release);
        } finally {
            if (!opened) {
                free.release();
            }
        }
    }

    /** How many are under way. */
    public int size() {
        return most - free.availablePermits();
    }
}
