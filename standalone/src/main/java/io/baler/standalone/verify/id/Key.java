package io.baler.standalone.verify.id;

import java.math.BigDecimal;
import java.util.Arrays;

/** A value's place among those of its kind: its rank decides, then its number, then its bytes, taken as unsigned. */
final class Key implements Comparable<Key> {

    private static final byte[] NOTHING = {};

    private final int rank;
    private final BigDecimal number;
    private final byte[] bytes;

    private Key(int rank, BigDecimal number, byte[] bytes) {
        this.rank = rank;
        this.number = number;
        this.bytes = bytes;
    }

    static Key of(int rank, BigDecimal number) {
        return new Key(rank, number, NOTHING);
    }

    static Key of(byte[] bytes) {
        return new Key(0, BigDecimal.ZERO, bytes);
    }

    @Override
    public int compareTo(Key other) {
        if (rank != other.rank) {
            return Integer.compare(rank, other.rank);
        }
        var byNumber = number.compareTo(other.number);
        return byNumber == 0 ? Arrays.compareUnsigned(bytes, other.bytes) : byNumber;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * number.stripTrailingZeros().hashCode() + Arrays.hashCode(bytes);
    }
}
