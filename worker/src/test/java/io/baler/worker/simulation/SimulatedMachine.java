package io.baler.worker.simulation;

import io.baler.worker.engine.Machine;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** The threads and the clock of one simulated process. */
final class SimulatedMachine implements Machine {
    private final Scheduler scheduler;
    private final Host host;

    SimulatedMachine(Scheduler scheduler, Host host) {
        this.scheduler = scheduler;
        this.host = host;
    }

    @Override
    public ExecutorService thread(String name) {
        return new SimulatedThreads(scheduler, host, 1);
    }

    @Override
    public ExecutorService threads(String name) {
        return new SimulatedThreads(scheduler, host, Integer.MAX_VALUE);
    }

    @Override
    public ScheduledExecutorService timer(String name, int threads) {
        return new SimulatedTimer(scheduler, host);
    }

    @Override
    public long nanoTime() {
        return scheduler.nanos();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        scheduler.sleep(time);
    }
}
