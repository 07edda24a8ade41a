package io.baler.bench.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bson.types.ObjectId;

/**
 * All logs of a source, in memory outside the heap, in the very form in which a batch holds them: nothing is encoded when
 * they are served.
 */
final class BenchLogs {
    /** Records in one piece of memory, and in one batch at most. Those of one piece are numbered from 0, as a batch's are. */
    static final int BLOCK = 5_000;

    private static final int ID_BYTES = 12;
    /** Of a record: behind its length, the type and the name. */
    private static final int ID_AT = Integer.BYTES + 1 + "_id".length() + 1;

    private final int count;
    private final Block[] blocks;

    /** @param places where each record begins as an element of the batch's array, and where the last one ends */
    private record Block(ByteBuffer elements, IntBuffer places) {}

    BenchLogs(int count) {
        if (count < 1 || count > BenchLog.MOST) {
            throw new IllegalArgumentException("records: must be 1 to " + BenchLog.MOST + ", got " + count);
        }
        this.count = count;
        this.blocks = IntStream.range(0, (count + BLOCK - 1) / BLOCK)
                .parallel()
                .mapToObj(n -> block(n * BLOCK, Math.min(count, (n + 1) * BLOCK)))
                .toArray(Block[]::new);
    }

    private static Block block(int from, int to) {
        var made = ByteBuffer.allocate((to - from) * BenchLog.MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        var log = new BenchLog(made);
        var places = IntBuffer.allocate(to - from + 1);
        for (int i = from; i < to; i++) {
            places.put(i - from, made.position());
            made.put((byte) 3);
            for (char digit : Integer.toString(i - from).toCharArray()) {
                made.put((byte) digit);
            }
            made.put((byte) 0);
            log.write(i);
        }
        places.put(to - from, made.position());
        made.flip();
        return new Block(ByteBuffer.allocateDirect(made.remaining()).put(made).flip(), places);
    }

    int count() {
        return count;
    }

    /** Bytes of all records. */
    long bytes() {
        return Arrays.stream(blocks)
                .mapToLong(block -> block.elements().capacity())
                .sum();
    }

    /** The end of the longest run from here that lies in one piece. */
    int endOfRun(int from, int to) {
        return Math.min(to, (from / BLOCK + 1) * BLOCK);
    }

    /**
     * Records as elements of an array. Their names ascend, but begin with 0 only where a run does, which no driver looks
     * at.
     */
    ByteBuffer elements(int from, int to) {
        var block = blocks[from / BLOCK];
        int begin = block.places().get(from % BLOCK);
        return block.elements().slice(begin, block.places().get(from % BLOCK + to - from) - begin);
    }

    ObjectId id(int number) {
        var element = elements(number, number + 1);
        int document = 2 + Integer.toString(number % BLOCK).length();
        byte[] id = new byte[ID_BYTES];
        element.get(document + ID_AT, id);
        return new ObjectId(id);
    }

    /** How many records have an {@code _id} below this one, or up to it. */
    int below(ObjectId bound, boolean inclusive) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = id(middle).compareTo(bound);
            if (order < 0 || (inclusive && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
