package io.baler.worker.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;

/** An executor whose threads are the scheduler's. */
class SimulatedThreads extends AbstractExecutorService {
    final Scheduler scheduler;
    final Host host;
    private final int most;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<Thread> working = new ArrayList<>();
    private int running;
    private boolean shutdown;

    SimulatedThreads(Scheduler scheduler, Host host, int most) {
        this.scheduler = scheduler;
        this.host = host;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        if (shutdown) {
            throw new RejectedExecutionException();
        }
        waiting.add(task);
        if (running < most) {
            running++;
            scheduler.spawn(host, this::work);
        }
    }

    private void work() {
        working.add(Thread.currentThread());
        try {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
                Thread.interrupted();
            }
        } finally {
            working.remove(Thread.currentThread());
            running--;
        }
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        return new SimulatedFuture<>(task);
    }

    /** Who waits for it lets others run. */
    private final class SimulatedFuture<T> extends FutureTask<T> {
        SimulatedFuture(Callable<T> task) {
            super(task);
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            scheduler.block(this::isDone);
            return super.get();
        }
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        var left = List.copyOf(waiting);
        waiting.clear();
        working.forEach(Thread::interrupt);
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && running == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        scheduler.block(this::isTerminated, scheduler.nanos() + unit.toNanos(timeout));
        return isTerminated();
    }
}
