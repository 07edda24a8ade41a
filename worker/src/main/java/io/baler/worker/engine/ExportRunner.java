package io.baler.worker.engine;

import io.baler.job.ClaimLost;
import io.baler.job.ExportFailed;
import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.job.LoggedExport;
import io.baler.worker.engine.StopSignal.Reason;
import io.baler.worker.engine.StopSignal.Stopped;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge at which everything that can happen to an export is caught, once: a lost claim ends quietly, a passing
 * failure is tried again from the last commit, a final one is written into the job for its requester to read.
 */
public final class ExportRunner {
    private static final Logger log = LoggerFactory.getLogger(ExportRunner.class);

    private final JobStore jobs;
    private final ExportEngine engine;
    private final ExportListener listener;
    private final Limits limits;
    private final LeaseKeeper.Timers timers;

    ExportRunner(
            JobStore jobs, ExportEngine engine, ExportListener listener, Limits limits, LeaseKeeper.Timers timers) {
        this.jobs = jobs;
        this.engine = engine;
        this.listener = listener;
        this.limits = limits;
        this.timers = timers;
    }

    /**
     * @param lease how long a claim lasts without a renewal
     * @param maxAttempts claims and tries without progress after which a job fails
     */
    record Limits(Duration lease, int maxAttempts) {}

    /** Runs on the thread that the export's stop signal interrupts; never throws. */
    public void run(ActiveExport export) {
        LoggedExport.about(export.claim(), () -> runLogged(export));
    }

    private void runLogged(ActiveExport export) {
        var lease = new LeaseKeeper(jobs, export, limits.lease(), timers);
        try {
            export.heardBy(listener);
            listener.began(export.job());
            log.info(
                    export.job().wasBegunBefore()
                            ? "Export {} is taken over and goes on at part {}"
                            : "Export {} begins at part {}",
                    export.jobId(),
                    export.job().checkpoint().seq() + 1);
            listener.ended(runToTheEnd(export));
        } catch (ClaimLost inOtherHands) {
            listener.lost(export.job());
            log.info("Export {} is in other hands; this worker stops", export.jobId());
        } catch (Stopped stopped) {
            afterStop(export, stopped.reason());
        } catch (RuntimeException unexpected) {
            afterUnexpected(export, unexpected);
        } finally {
            lease.close();
            export.stop().detach();
            listener.left(export.job());
        }
    }

    private ExportJob runToTheEnd(ActiveExport export) {
        for (int attempts = export.job().attempts(); ; ) {
            try {
                refuseTooManyAttempts(export, attempts);
                return engine.run(export);
            } catch (ClaimLost | Stopped end) {
                throw end;
            } catch (ExportFailed failed) {
                export.stop().throwIfSet();
                return jobs.fail(export.claim(), failed.failure());
            } catch (RuntimeException passing) {
                // what an interrupt makes of a call in flight looks like a failure
                export.stop().throwIfSet();
                attempts = afterFailure(export, passing);
                if (attempts > limits.maxAttempts()) {
                    log.warn("Export {} fails after {} attempts", export.jobId(), attempts - 1, passing);
                    return jobs.fail(export.claim(), FailureWords.of(passing, export.job(), limits.maxAttempts()));
                }
            }
        }
    }

    /** A job that kills its worker each time must not go round for ever. */
    private void refuseTooManyAttempts(ActiveExport export, int attempts) {
        if (attempts > limits.maxAttempts()) {
            throw new ExportFailed(
                    "too-many-attempts",
                    "Workers began this export " + limits.maxAttempts() + " times without progress and did not end it;"
                            + " the workers' logs may say why. "
                            + export.job().checkpoint().totalExportedCount()
                            + " records are kept; resume continues there.");
        }
    }

    private int afterFailure(ActiveExport export, RuntimeException passing) {
        log.info("Export {} is tried again from its last commit ({})", export.jobId(), passing.toString());
        listener.triedAgain(export.job(), FailureWords.code(passing));
        export.stop().pause(Backoff.before(export.job().attempts()));
        export.reclaim(jobs::reclaim);
        return export.job().attempts();
    }

    private void afterUnexpected(ActiveExport export, RuntimeException unexpected) {
        var reason = export.stop().reason();
        if (reason != null) {
            // the signal came while a failure was being written down, and interrupted that
            afterStop(export, reason);
            return;
        }
        log.warn(
                "Export {} stops here; its checkpoint is kept and a worker goes on once the lease has ended",
                export.jobId(),
                unexpected);
    }

    private void afterStop(ActiveExport export, Reason reason) {
        // giving back must not be interrupted by the very signal that asked for it
        export.stop().detach();
        if (reason == Reason.CLAIM_LOST) {
            listener.lost(export.job());
            log.info("Export {} was stopped; the job says why", export.jobId());
            return;
        }
        try {
            jobs.release(export.claim());
            log.info("Export {} is given back; another worker goes on behind its last commit", export.jobId());
        } catch (RuntimeException notGivenBack) {
            log.info(
                    "Export {} could not be given back ({}); its lease ends by itself",
                    export.jobId(),
                    notGivenBack.toString());
        }
    }
}
