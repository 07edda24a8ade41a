package io.baler.worker.dispatch;

import io.baler.job.JobStore;
import io.baler.worker.engine.ExportRunner;
import io.baler.worker.engine.Machine;
import io.baler.worker.engine.WorkerSettings;

/** A worker's slots, for tests that ring the bells themselves. */
public final class WorkerSlots {
    private final Slots slots;

    public WorkerSlots(JobStore jobs, ExportRunner runner, WorkerSettings settings, String worker, Machine machine) {
        this.slots = new Slots(jobs, runner, settings, worker, machine);
    }

    /** As the listener does when it hears of a request. */
    public void start(String jobId) {
        slots.start(jobId);
    }

    /** As an idle slot does by itself. */
    public void startWhatWaits() {
        while (slots.startOldest()) {
            // as long as there is something
        }
    }

    /** As the listener does when it hears a hint. */
    public void verify(String jobId) {
        slots.verify(jobId);
    }

    /** As an orderly shutdown does. */
    public void stop() {
        slots.stop();
    }
}
