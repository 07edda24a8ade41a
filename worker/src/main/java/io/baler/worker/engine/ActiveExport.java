package io.baler.worker.engine;

import io.baler.job.Claim;
import io.baler.job.ClaimLost;
import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.job.LoggedExport;
import java.util.function.UnaryOperator;

/** An export that runs in this worker: its claim as last written, and how far it has read. */
public final class ActiveExport {
    private final StopSignal stop;
    private final long claimedAtNanos;
    // INVARIANT: no lock is held during a call to MongoDB, which may hang: neither a hint nor the fence may wait for
    // it.
    // The flag is set before the exchange is sent, and cleared after the new claim is known.
    private volatile boolean exchanging;
    private volatile Claim claim;
    private volatile long records;
    private volatile ExportListener listener = new ExportListener() {};

    /**
     * @param claimedAtNanos {@link Machine#nanoTime()} from before the claim was sent
     * @param stop belongs to the thread that exports
     */
    public ActiveExport(Claim claim, long claimedAtNanos, StopSignal stop) {
        this.claim = claim;
        this.claimedAtNanos = claimedAtNanos;
        this.stop = stop;
        this.records = claim.job().checkpoint().totalExportedCount();
    }

    public String jobId() {
        return claim.jobId();
    }

    public Claim claim() {
        return claim;
    }

    public StopSignal stop() {
        return stop;
    }

    ExportJob job() {
        return claim.job();
    }

    void heardBy(ExportListener commits) {
        listener = commits;
    }

    long claimedAtNanos() {
        return claimedAtNanos;
    }

    long records() {
        return records;
    }

    void read(long recordsSoFar) {
        records = recordsSoFar;
    }

    /** What a write brought back. */
    void advance(Claim written) {
        listener.committed(claim.job(), written.job());
        claim = written;
    }

    /** Exchanges the claim for one with a higher epoch. */
    void reclaim(UnaryOperator<Claim> write) {
        exchanging = true;
        try {
            var before = claim.job();
            claim = write.apply(claim);
            if (claim.job().checkpoint().seq() > before.checkpoint().seq()) {
                // a commit whose answer was lost
                listener.committed(before, claim.job());
            }
            records = claim.job().checkpoint().totalExportedCount();
        } finally {
            exchanging = false;
        }
        LoggedExport.now(claim.epoch());
    }

    /** Whether this epoch of the job, read before, is higher than that of the claim. */
    public boolean isOutdatedBy(long epoch) {
        // while the claim is being exchanged, the higher epoch may be its own; the exchange finds out by itself
        return !exchanging && epoch > claim.epoch();
    }

    /** @throws ClaimLost unless the claim that was to be renewed has been exchanged meanwhile */
    void renew(JobStore jobs) {
        var renewed = claim;
        try {
            jobs.renew(renewed, records);
        } catch (ClaimLost lost) {
            if (!exchanging && renewed.epoch() == claim.epoch()) {
                throw lost;
            }
        }
    }
}
