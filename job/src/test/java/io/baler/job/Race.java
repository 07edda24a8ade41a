package io.baler.job;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Lets two actions begin at almost the same moment, again and again. Which one begins first, and by how much, is drawn
 * from a seed; which one is first in the database is what the tally counts.
 */
final class Race implements AutoCloseable {
    /** About twice what one write takes, so that either may overtake the other. */
    private static final int LARGEST_LEAD_NANOS = 2_000_000;

    private final String name;
    private final Random chance;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Map<String, Integer> tally = new TreeMap<>();

    Race(String name) {
        this.name = name;
        this.chance = new Random(name.hashCode());
    }

    record Finish<A, B>(A first, B second) {}

    <A, B> Finish<A, B> run(Callable<A> first, Callable<B> second) throws Exception {
        var start = new CyclicBarrier(2);
        var lead = chance.nextInt(LARGEST_LEAD_NANOS);
        var firstLeads = chance.nextBoolean();
        Future<A> one = threads.submit(() -> {
            start.await();
            spin(firstLeads ? 0 : lead);
            return first.call();
        });
        Future<B> other = threads.submit(() -> {
            start.await();
            spin(firstLeads ? lead : 0);
            return second.call();
        });
        return new Finish<>(one.get(), other.get());
    }

    /** A timer of the operating system is too coarse for this. */
    private static void spin(long nanos) {
        var end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** What a worker's write brings, or nothing if it was told that its claim is lost. */
    static <T> Optional<T> unlessLost(Supplier<T> write) {
        try {
            return Optional.of(write.get());
        } catch (ClaimLost lost) {
            return Optional.empty();
        }
    }

    void count(String outcome) {
        tally.merge(outcome, 1, Integer::sum);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        System.out.println(name + ": " + tally);
    }
}
