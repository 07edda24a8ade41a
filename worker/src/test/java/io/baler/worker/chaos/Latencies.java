package io.baler.worker.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long something took, time and again. */
final class Latencies {
    private final String what;
    private final List<Duration> all = new ArrayList<>();

    Latencies(String what) {
        this.what = what;
    }

    void add(Duration one) {
        all.add(one);
    }

    void print() {
        Collections.sort(all);
        System.out.println(what + ": " + all.size() + " rounds, p50 " + percentile(50) + ", p99 " + percentile(99)
                + ", max " + percentile(100));
    }

    private String percentile(int percent) {
        if (all.isEmpty()) {
            return "unknown";
        }
        var index = (int) Math.ceil(all.size() * percent / 100.0) - 1;
        return all.get(index).toMillis() + " ms";
    }
}
