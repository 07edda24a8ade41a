package io.baler.worker.simulation;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Tasks that come again and again, in simulated time. */
final class SimulatedTimer extends SimulatedThreads implements ScheduledExecutorService {

    SimulatedTimer(Scheduler scheduler, Host host) {
        super(scheduler, host, Integer.MAX_VALUE);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        var repeated = new Repeated(task);
        scheduler.spawn(host, () -> {
            var pause = first;
            while (!repeated.isCancelled()) {
                scheduler.pass(Duration.ofNanos(unit.toNanos(pause)));
                pause = delay;
                if (!repeated.isCancelled()) {
                    task.run();
                }
            }
        });
        return repeated;
    }

    private static final class Repeated extends FutureTask<Void> implements ScheduledFuture<Void> {
        Repeated(Runnable task) {
            super(task, null);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}
