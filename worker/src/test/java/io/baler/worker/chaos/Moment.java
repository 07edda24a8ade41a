package io.baler.worker.chaos;

import io.baler.job.ExportJob;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;

/**
 * A moment in an export's life.
 *
 * @param parts as many of them are committed; 0: it is claimed; fewer: it is requested
 * @param later and so much time has passed since
 */
record Moment(int parts, Duration later) {
    private static final int REQUESTED = -1;
    private static final int CLAIMED = 0;

    /** From the claim to the first record, and from the last commit to the end, it takes a little longer. */
    private static final Duration SHORT = Duration.ofMillis(40);

    /**
     * Drawn so that the short ends of a life come as often as its long middle.
     *
     * @param undisturbed an export as it goes when nothing happens
     */
    static Moment of(RandomGenerator random, Life undisturbed) {
        var all = undisturbed.parts();
        return switch (random.nextInt(5)) {
            case 0 -> new Moment(REQUESTED, upTo(undisturbed.time(), random));
            case 1 -> new Moment(CLAIMED, upTo(SHORT, random));
            case 2 -> new Moment(random.nextInt(all), upTo(undisturbed.perPart(), random));
            case 3 -> new Moment(all - 1, upTo(undisturbed.perPart(), random));
            default -> new Moment(all, upTo(SHORT, random));
        };
    }

    /** A time from now, at random. */
    static Moment within(Duration longest, RandomGenerator random) {
        return new Moment(REQUESTED, upTo(longest, random));
    }

    /**
     * @param time that a worker needs which has just started; later it is about twice as fast
     * @param parts of the archive
     */
    record Life(Duration time, int parts) {
        Duration perPart() {
            return time.dividedBy(2L * parts);
        }
    }

    private static Duration upTo(Duration longest, RandomGenerator random) {
        return Duration.ofMillis(random.nextInt((int) longest.toMillis() + 1));
    }

    void await(Supplier<ExportJob> job) {
        soon(() -> isReached(job.get()));
        var over = System.nanoTime() + later.toNanos();
        soon(() -> System.nanoTime() >= over);
    }

    private boolean isReached(ExportJob job) {
        var claimed = job.epoch() > 0;
        return parts == REQUESTED || claimed && job.checkpoint().seq() >= parts;
    }

    private static void soon(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }
}
