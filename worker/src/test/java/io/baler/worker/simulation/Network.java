package io.baler.worker.simulation;

import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/** What lies between a process and the servers: every call of every process goes through here, and some go wrong. */
final class Network {
    private static final int LONGEST_DELAY_MILLIS = 40_000;

    private final Scheduler scheduler;
    private final Random random;
    private final Faults faults;
    /** Carries on what a dead process had sent. */
    private final Host wire = new Host("wire");

    Network(Scheduler scheduler, Random random, Faults faults) {
        this.scheduler = scheduler;
        this.random = random;
        this.faults = faults;
    }

    /**
     * Makes the call, or not, or too late.
     *
     * @param host who calls
     * @param what for the tally
     * @param failure what the client library throws when it gets no answer
     */
    <T> T call(Host host, String what, Supplier<T> call, Supplier<RuntimeException> failure) {
        scheduler.step();
        switch (faults.next(what, host.isWorker())) {
            case NONE -> {}
            case SLOW -> scheduler.pass(delay());
            case STALL -> {
                host.stall(scheduler.nanos() + delay().toNanos());
                scheduler.step();
            }
            case REFUSED -> throw failure.get();
            case CRASH_BEFORE -> crash(host);
            case CRASH_AFTER -> {
                call.get();
                crash(host);
            }
            case LOST_ANSWER -> {
                call.get();
                scheduler.step();
                throw failure.get();
            }
            case LATE -> {
                later(call);
                scheduler.step();
                throw failure.get();
            }
        }
        var answer = call.get();
        scheduler.step();
        return answer;
    }

    /** The call is on its way, whatever becomes of its sender. */
    void later(Supplier<?> call) {
        var delay = delay();
        scheduler.spawn(wire, () -> {
            scheduler.pass(delay);
            try {
                call.get();
            } catch (RuntimeException refused) {
                // nobody hears the answer
            }
        });
    }

    private void crash(Host host) {
        host.crash();
        scheduler.step();
    }

    Duration delay() {
        // mostly short; now and then longer than any lease
        var millis = random.nextInt(4) == 0 ? LONGEST_DELAY_MILLIS : 1_500;
        return Duration.ofMillis(random.nextInt(millis));
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Random random() {
        return random;
    }
}
