package io.baler.bench;

import java.util.Collection;

/** The middle of several measurements of one thing, and how far they lie apart. */
public record Figure(double median, double least, double most) {

    static Figure of(Collection<Double> values) {
        var sorted = values.stream().sorted().toList();
        int count = sorted.size();
        if (count == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
        return new Figure(median, sorted.get(0), sorted.get(count - 1));
    }
}
