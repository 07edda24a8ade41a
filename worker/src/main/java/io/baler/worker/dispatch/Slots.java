package io.baler.worker.dispatch;

import io.baler.job.Claim;
import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.worker.engine.ActiveExport;
import io.baler.worker.engine.ExportRunner;
import io.baler.worker.engine.Machine;
import io.baler.worker.engine.StopSignal;
import io.baler.worker.engine.StopSignal.Reason;
import io.baler.worker.engine.WorkerSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The exports that run in this worker, at most as many as it has slots; a job is claimed only into a free one. */
final class Slots implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Slots.class);
    /** For giving back leases; whoever is slower is found by its lapsed lease. */
    private static final long STOP_SECONDS = 10;

    private final JobStore jobs;
    private final ExportRunner runner;
    private final WorkerSettings settings;
    private final String worker;
    private final Semaphore free;
    private final Machine machine;
    private final ExecutorService threads;
    private final Map<String, ActiveExport> running = new ConcurrentHashMap<>();
    private volatile Runnable whenFree = () -> {};
    // from the beginning: Kafka's listeners start before lifecycles of this phase do
    private volatile boolean open = true;

    /** @param worker names it in leases, for people */
    Slots(JobStore jobs, ExportRunner runner, WorkerSettings settings, String worker, Machine machine) {
        this.jobs = jobs;
        this.runner = runner;
        this.settings = settings;
        this.worker = worker;
        this.machine = machine;
        this.threads = machine.threads("export");
        this.free = new Semaphore(settings.slots());
    }

    /** Called on an export's thread each time a slot has become free. */
    void whenFree(Runnable listener) {
        whenFree = listener;
    }

    boolean anyFree() {
        return free.availablePermits() > 0;
    }

    /** Runs the job if it can be claimed and a slot is free. */
    boolean start(String jobId) {
        return startClaimed(() -> jobs.claim(jobId, worker, settings.lease()));
    }

    /** Runs the oldest job that nobody works on, if there is one and a slot is free. */
    boolean startOldest() {
        return startClaimed(() -> jobs.claimOldest(worker, settings.lease(), settings.grace()));
    }

    private boolean startClaimed(Supplier<Optional<Claim>> claiming) {
        if (!open || !free.tryAcquire()) {
            return false;
        }
        var started = false;
        try {
            var sentAt = machine.nanoTime();
            var claim = claiming.get();
            claim.ifPresent(claimed -> execute(claimed, sentAt));
            started = claim.isPresent();
            return started;
        } finally {
            if (!started) {
                free.release();
                // while this looked, the listener may have taken the slot for busy and paused
                whenFree.run();
            }
        }
    }

    private void execute(Claim claim, long claimedAtNanos) {
        try {
            threads.execute(() -> run(claim, claimedAtNanos));
        } catch (RejectedExecutionException stopping) {
            jobs.release(claim);
            throw stopping;
        }
    }

    private void run(Claim claim, long claimedAtNanos) {
        var export = new ActiveExport(claim, claimedAtNanos, new StopSignal(Thread.currentThread(), machine));
        running.put(claim.jobId(), export);
        try {
            if (!open) {
                export.stop().stop(Reason.SHUTDOWN);
            }
            runner.run(export);
        } finally {
            running.remove(claim.jobId(), export);
            free.release();
            whenFree.run();
        }
    }

    /** Somebody says that the job's epoch was raised; the database decides. */
    void verify(String jobId) {
        var export = running.get(jobId);
        if (export == null) {
            return;
        }
        var epoch = jobs.find(jobId).map(ExportJob::epoch).orElse(Long.MAX_VALUE);
        if (export.isOutdatedBy(epoch)) {
            export.stop().stop(Reason.CLAIM_LOST);
        }
    }

    @Override
    public void start() {
        open = true;
    }

    /**
     * Gives every running job back, so that other workers go on at once. Lifecycles of this phase stop before Kafka's
     * listeners, which take their time.
     */
    @Override
    public void stop() {
        open = false;
        running.values().forEach(export -> export.stop().stop(Reason.SHUTDOWN));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("{} exports did not stop in time; their leases end by themselves", running.size());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return open;
    }
}
