package io.baler.worker.engine;

import io.baler.job.ClaimLost;
import io.baler.job.JobStore;
import io.baler.job.LoggedExport;
import io.baler.job.OutageLog;
import io.baler.worker.engine.StopSignal.Reason;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a claim alive while its export runs, and stops the export before the lease can have ended: whoever could
 * not renew must assume that another worker has the job.
 */
final class LeaseKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

    private final JobStore jobs;
    private final ActiveExport export;
    private final Machine machine;
    private final long fenceNanos;
    private final ScheduledFuture<?> renewals;
    private final ScheduledFuture<?> fence;
    // Taken before a renewal is sent: the database's lease then begins later than this, never earlier.
    private volatile long heldSince;
    private final OutageLog unrenewed = new OutageLog(
            log, "The export's lease was not renewed ({}); trying again", "The export's lease is renewed again");

    LeaseKeeper(JobStore jobs, ActiveExport export, Duration lease, Timers timers) {
        this.jobs = jobs;
        this.export = export;
        this.machine = timers.machine();
        this.heldSince = export.claimedAtNanos();
        // a fifth is left for what is in flight to end, and for clocks that run at different speeds
        this.fenceNanos = lease.toNanos() / 5 * 4;
        var period = Math.max(50, Math.min(2_000, lease.toMillis() / 5));
        this.renewals = timers.renewals().scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
        var often = Math.max(10, lease.toMillis() / 50);
        this.fence = timers.fences().scheduleWithFixedDelay(this::fence, often, often, TimeUnit.MILLISECONDS);
    }

    /**
     * Who does the keeping.
     *
     * @param renewals may block while MongoDB does not answer
     * @param fences a thread that never blocks, so that the fence falls in time whatever else hangs
     */
    record Timers(ScheduledExecutorService renewals, ScheduledExecutorService fences, Machine machine) {}

    private void renew() {
        LoggedExport.about(export.claim(), this::renewLogged);
    }

    private void renewLogged() {
        var sent = machine.nanoTime();
        try {
            export.renew(jobs);
            heldSince = sent;
            unrenewed.answered();
        } catch (ClaimLost lost) {
            export.stop().stop(Reason.CLAIM_LOST);
        } catch (RuntimeException unanswered) {
            unrenewed.failed(unanswered.getClass().getSimpleName());
        }
    }

    private void fence() {
        if (machine.nanoTime() - heldSince > fenceNanos && export.stop().reason() == null) {
            LoggedExport.about(
                    export.claim(),
                    () -> log.warn(
                            "Export {}: the lease could not be renewed in time; it stops here, its checkpoint is kept",
                            export.jobId()));
            export.stop().stop(Reason.CLAIM_LOST);
        }
    }

    @Override
    public void close() {
        renewals.cancel(false);
        fence.cancel(false);
    }
}
