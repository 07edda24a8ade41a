package io.baler.standalone.sample;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Draws indices as often as their weights say. */
final class Weights {

    private final double[] upTo;

    Weights(int size, IntToDoubleFunction weight) {
        upTo = new double[size];
        var sum = 0.0;
        for (var i = 0; i < size; i++) {
            sum += weight.applyAsDouble(i);
            upTo[i] = sum;
        }
    }

    /** The first few are drawn most, the many others now and then: as with people and with pages. */
    static Weights skewed(int size) {
        return new Weights(size, rank -> 1.0 / (rank + 1));
    }

    /** @param share from 0 up to 1 */
    int at(double share) {
        var found = Arrays.binarySearch(upTo, share * total());
        return Math.min(found < 0 ? -found - 1 : found + 1, upTo.length - 1);
    }

    /** How far into its index's own weight the share lies, from 0 up to 1. */
    double within(double share, int index) {
        var begin = index == 0 ? 0 : upTo[index - 1];
        return Math.min(Math.max((share * total() - begin) / (upTo[index] - begin), 0), Math.nextDown(1.0));
    }

    private double total() {
        return upTo[upTo.length - 1];
    }
}
