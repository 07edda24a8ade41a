package io.baler.worker.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs threads one at a time and decides by its seed which one goes on at every step, and what time it is. The same
 * seed gives the same schedule. Time passes a little with each step, and leaps when everybody waits.
 */
final class Scheduler {
    private static final ExecutorService POOL = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "simulated");
        thread.setDaemon(true);
        return thread;
    });
    private static final ThreadLocal<@Nullable Scheduled> CURRENT = new ThreadLocal<>();
    private static final long NEVER = Long.MAX_VALUE;
    private static final int STEP_NANOS_AT_MOST = 4_000_000;

    private final Random random;
    private final Semaphore control = new Semaphore(0);
    private final List<Scheduled> threads = new ArrayList<>();
    private long nanos;
    private @Nullable Throwable failure;

    Scheduler(Random random) {
        this.random = random;
    }

    /** One of the threads; runs while it holds the permit. */
    private static final class Scheduled {
        final Host host;
        final Semaphore permit = new Semaphore(0);

        @Nullable
        BooleanSupplier until;

        long wakeAt;
        boolean interruptible;
        volatile @Nullable Thread java;
        boolean ended;

        Scheduled(Host host) {
            this.host = host;
        }
    }

    long nanos() {
        return nanos;
    }

    void spawn(Host host, Runnable body) {
        var thread = new Scheduled(host);
        threads.add(thread);
        POOL.execute(() -> {
            thread.permit.acquireUninterruptibly();
            thread.java = Thread.currentThread();
            CURRENT.set(thread);
            try {
                if (!host.isDead()) {
                    body.run();
                }
            } catch (Crashed end) {
                // as the process ended
            } catch (RuntimeException | Error unexpected) {
                failure = unexpected;
            } finally {
                CURRENT.remove();
                Thread.interrupted();
                thread.ended = true;
                control.release();
            }
        });
    }

    /** Lets the threads run until something holds, which is looked at between all steps. Throws what a thread threw. */
    void runUntil(BooleanSupplier holds, Duration atMost) {
        var deadline = nanos + atMost.toNanos();
        while (!holds.getAsBoolean()) {
            var next = choose();
            if (nanos > deadline || next == null) {
                throw new AssertionError("nothing came of it within " + atMost + " of simulated time");
            }
            next.until = null;
            nanos += random.nextInt(STEP_NANOS_AT_MOST);
            next.permit.release();
            control.acquireUninterruptibly();
            if (next.ended) {
                threads.remove(next);
            }
            if (failure != null) {
                throw new AssertionError("a thread ended unexpectedly", failure);
            }
        }
    }

    private @Nullable Scheduled choose() {
        while (true) {
            var ready = threads.stream().filter(this::isReady).toList();
            if (!ready.isEmpty()) {
                return ready.get(random.nextInt(ready.size()));
            }
            var wake = threads.stream().mapToLong(this::wakesAt).min().orElse(NEVER);
            if (wake == NEVER) {
                return null;
            }
            nanos = Math.max(nanos + 1, wake);
        }
    }

    private boolean isReady(Scheduled thread) {
        if (thread.host.isDead()) {
            return true;
        }
        if (nanos < thread.host.stalledUntil()) {
            return false;
        }
        var until = thread.until;
        return until == null || until.getAsBoolean() || nanos >= thread.wakeAt || isInterrupted(thread);
    }

    private static boolean isInterrupted(Scheduled thread) {
        var java = thread.java;
        return thread.interruptible && java != null && java.isInterrupted();
    }

    /** When to look at it again; behind a stall, whatever it waits for. */
    private long wakesAt(Scheduled thread) {
        var stalled = thread.host.stalledUntil();
        return nanos < stalled ? stalled : thread.wakeAt;
    }

    /** Lets others go on first. */
    void step() {
        await(() -> true, NEVER, false);
    }

    /** Waits whatever interrupts come. */
    void pass(Duration time) {
        await(() -> false, nanos + time.toNanos(), false);
    }

    void sleep(Duration time) throws InterruptedException {
        block(() -> false, nanos + time.toNanos());
    }

    /** Waits until something holds; {@code wakeAt} bounds it, in nanoseconds. */
    void block(BooleanSupplier until, long wakeAt) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        await(until, wakeAt, true);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    void block(BooleanSupplier until) throws InterruptedException {
        block(until, NEVER);
    }

    private void await(BooleanSupplier until, long wakeAt, boolean interruptible) {
        var me = CURRENT.get();
        if (me == null) {
            throw new IllegalStateException("not a thread of the simulation");
        }
        if (me.host.isDead()) {
            throw new Crashed();
        }
        me.until = until;
        me.wakeAt = wakeAt;
        me.interruptible = interruptible;
        control.release();
        me.permit.acquireUninterruptibly();
        if (me.host.isDead()) {
            throw new Crashed();
        }
    }

    static boolean isSimulated() {
        return CURRENT.get() != null;
    }

    /** Ends every thread that is left, wherever it stands. */
    void end() {
        while (!threads.isEmpty()) {
            var next = threads.get(0);
            next.host.crash();
            next.permit.release();
            control.acquireUninterruptibly();
            if (next.ended) {
                threads.remove(next);
            }
        }
    }

    /** The process of this thread is no more; not for any catch to handle. */
    static final class Crashed extends Error {
        private static final long serialVersionUID = 1;

        Crashed() {
            super("crashed", null, false, false);
        }
    }
}
