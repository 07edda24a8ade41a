package io.baler.worker.engine;

import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.MDC;

/** What a worker takes from its machine: threads, and a clock that only goes forward. The simulation has its own. */
public interface Machine {

    /**
     * A thread that runs tasks one after the other; it does not keep the process alive. What it does is logged and traced
     * as a part of what the caller does.
     */
    ExecutorService thread(String name);

    /** A thread for every task, kept for the next one. */
    ExecutorService threads(String name);

    /** Threads for tasks that come again and again; they do not keep the process alive. */
    ScheduledExecutorService timer(String name, int threads);

    /** Nanoseconds since some moment, for differences only; no clock of the day, which people and NTP set. */
    long nanoTime();

    /** Waits; an interrupt ends it. */
    void sleep(Duration time) throws InterruptedException;

    /** The machine that the process runs on. */
    static Machine real() {
        return new Real();
    }

    /** The JVM's own. */
    final class Real implements Machine {
        private Real() {}

        @Override
        public ExecutorService thread(String name) {
            var logged = MDC.getCopyOfContextMap();
            var traced = Context.current();
            return Executors.newSingleThreadExecutor(task -> daemon(
                    () -> {
                        if (logged != null) {
                            MDC.setContextMap(logged);
                        }
                        traced.wrap(task).run();
                    },
                    name));
        }

        @Override
        public ExecutorService threads(String name) {
            return Executors.newCachedThreadPool(task -> new Thread(task, name));
        }

        @Override
        public ScheduledExecutorService timer(String name, int threads) {
            return Executors.newScheduledThreadPool(threads, task -> daemon(task, name));
        }

        private static Thread daemon(Runnable task, String name) {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time.toMillis());
        }
    }
}
