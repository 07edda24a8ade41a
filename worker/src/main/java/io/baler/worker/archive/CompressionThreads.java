package io.baler.worker.archive;

import java.util.concurrent.Executor;

/**
 * Who compresses files, and how many files may be on their way at once: that bounds the memory. One more than there are
 * threads keeps them all busy.
 *
 * @param threads owned by the caller; may serve several archives
 * @param filesInFlight files of one archive that are being compressed or wait for an earlier one, at most
 * @param memory bytes that one archive may take for files and parts; one file and two parts are made in any case
 */
public record CompressionThreads(Executor threads, int filesInFlight, long memory) {
    public CompressionThreads {
        if (filesInFlight < 1) {
            throw new IllegalArgumentException("at least one file must be in flight, got " + filesInFlight);
        }
    }

    /** With as much memory as so many files take. */
    public CompressionThreads(Executor threads, int filesInFlight) {
        this(threads, filesInFlight, Long.MAX_VALUE);
    }
}
