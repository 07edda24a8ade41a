package io.baler.worker.simulation;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Decides by the seed which calls go wrong, and how; so many and no more, so that every schedule comes to rest. */
final class Faults {
    /** How often each kind of call met each kind of fault, over all schedules. */
    static final Map<String, LongAdder> INJECTED = new ConcurrentSkipListMap<>();

    private static final Fault[] FOR_WORKERS = Fault.values();
    private static final Fault[] FOR_OTHERS = {
        Fault.NONE, Fault.REFUSED, Fault.LOST_ANSWER, Fault.LATE, Fault.SLOW,
    };

    /** What a schedule aims at; looking for work happens so often that it would draw all faults to itself. */
    private static final List<String> AIMS =
            List.of("", "s3", "s3 complete", "logs", "jobs", "jobs commit", "jobs re", "kafka");

    private final Random random;
    private final String aim;
    private final double rate;
    private int left;

    /** @param most faults in all; 0 = an undisturbed run */
    Faults(Random random, int most) {
        this.random = random;
        this.left = most;
        this.aim = AIMS.get(random.nextInt(AIMS.size()));
        // some schedules are hit early and densely, others once in a while
        this.rate = 0.05 + 0.5 * random.nextDouble() * random.nextDouble();
    }

    boolean areOver() {
        return left == 0;
    }

    void end() {
        left = 0;
    }

    Fault next(String call, boolean byWorker) {
        var aimedAt = call.startsWith(aim) && !call.startsWith("jobs claim");
        if (left == 0 || random.nextDouble() > (aimedAt ? 2 * rate : rate / 8)) {
            return Fault.NONE;
        }
        var kinds = byWorker ? FOR_WORKERS : FOR_OTHERS;
        var fault = kinds[random.nextInt(kinds.length)];
        if (fault != Fault.NONE) {
            left--;
            INJECTED.computeIfAbsent(call + " " + fault, key -> new LongAdder()).increment();
        }
        return fault;
    }
}
