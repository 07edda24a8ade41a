package io.baler.worker.engine;

import io.baler.job.Claim;
import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import java.util.function.UnaryOperator;
import org.slf4j.MDC;

/** An export that runs in this worker: its claim as last written, and how far it has read. */
public final class ActiveExport {
    private final StopSignal stop;
    private final long claimedAtNanos;
    private volatile Claim claim;
    private volatile long records;

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
        claim = written;
    }

    /** Exchanges the claim for one with a higher epoch; no renewal runs meanwhile and takes the old one for lost. */
    synchronized void reclaim(UnaryOperator<Claim> write) {
        claim = write.apply(claim);
        MDC.put("epoch", String.valueOf(claim.epoch()));
        records = claim.job().checkpoint().totalExportedCount();
    }

    /** Whether this epoch of the job, read before, is higher than that of the claim. */
    public synchronized boolean isOutdatedBy(long epoch) {
        return epoch > claim.epoch();
    }

    synchronized void renew(JobStore jobs) {
        jobs.renew(claim, records);
    }
}
