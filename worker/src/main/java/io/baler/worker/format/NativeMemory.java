package io.baler.worker.format;

import com.sun.jna.Memory;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Memory outside the heap that a native library reads from and writes to. Whoever has taken it owns it until it is
 * closed; then the next one takes it. So there is as much as threads have ever needed at once, and no more.
 */
final class NativeMemory implements AutoCloseable {
    /** What a file of huge records has needed is not kept. */
    private static final long MOST_KEPT = 40 << 20;

    private static final ConcurrentLinkedQueue<NativeMemory> SPARE = new ConcurrentLinkedQueue<>();

    private Memory from;
    private Memory to;

    private NativeMemory(long fromBytes, long toBytes) {
        from = new Memory(Math.max(1, fromBytes));
        to = new Memory(Math.max(1, toBytes));
    }

    /** At least as much. What it holds is not cleared, and takes no room in memory before it is written. */
    static NativeMemory take(long fromBytes, long toBytes) {
        var spare = SPARE.poll();
        if (spare == null) {
            return new NativeMemory(fromBytes, toBytes);
        }
        spare.from = roomy(spare.from, fromBytes);
        spare.to = roomy(spare.to, toBytes);
        return spare;
    }

    private static Memory roomy(Memory memory, long bytes) {
        if (memory.size() >= bytes) {
            return memory;
        }
        memory.close();
        return new Memory(bytes);
    }

    Memory from() {
        return from;
    }

    Memory to() {
        return to;
    }

    @Override
    public void close() {
        if (from.size() + to.size() <= MOST_KEPT) {
            SPARE.add(this);
        } else {
            from.close();
            to.close();
        }
    }
}
