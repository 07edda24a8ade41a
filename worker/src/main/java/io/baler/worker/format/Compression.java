package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** How a file's bytes are made smaller: the same bytes always give the same. Several threads may use one at once. */
public interface Compression {

    /** Names the implementation. Another version of it may give other bytes, which are right all the same. */
    String name();

    /**
     * Compresses all of {@code raw} into {@code into}, from its beginning.
     *
     * @param crc32 of {@code raw}
     * @throws CancellationException soon after {@code abandoned} has become true
     */
    void compress(GrowableBytes raw, long crc32, GrowableBytes into, BooleanSupplier abandoned);
}
