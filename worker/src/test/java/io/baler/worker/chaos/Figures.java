package io.baler.worker.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a suite has seen, said in one line when it is over. */
final class Figures {
    private final String suite;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Duration> longest = new TreeMap<>();
    private final long began = System.nanoTime();

    Figures(String suite) {
        this.suite = suite;
    }

    void count(String what, long more) {
        counts.merge(what, more, Long::sum);
    }

    void count(String what) {
        count(what, 1);
    }

    void longest(String what, Duration time) {
        longest.merge(what, time, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    void print() {
        var seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        System.out.println(suite + ": "
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "))
                + longest.entrySet().stream()
                        .map(time -> ", " + time.getKey() + " at most "
                                + time.getValue().toMillis() + " ms")
                        .collect(Collectors.joining())
                + ", " + seconds + " s");
    }
}
