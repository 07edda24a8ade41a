package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Raw deflate (RFC 1951), by whichever library: the same library and level always give the same bytes. */
interface RawDeflate extends Compression {

    /**
     * Compresses all of {@code raw} behind what {@code into} holds.
     *
     * @throws CancellationException soon after {@code abandoned} has become true
     */
    void append(GrowableBytes raw, GrowableBytes into, BooleanSupplier abandoned);

    @Override
    default void compress(GrowableBytes raw, long crc32, GrowableBytes into, BooleanSupplier abandoned) {
        into.clear();
        append(raw, into, abandoned);
    }

    /** @throws CancellationException if the archive was given up */
    static void throwIf(BooleanSupplier abandoned) {
        if (abandoned.getAsBoolean()) {
            throw new CancellationException("the archive was given up");
        }
    }
}
