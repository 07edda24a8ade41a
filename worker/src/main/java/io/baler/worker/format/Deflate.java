package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.zip.Deflater;

/** Raw deflate (RFC 1951) by the JDK's own zlib. */
final class Deflate implements Compression {

    static final String NAME = "jdk";

    /**
     * The deflater keeps arrays from being moved while it works on them, which can hold up the collector and with it
     * every thread: so a little at a time. The result does not depend on it.
     */
    private static final int CHUNK = 32 << 10;

    private final int level;

    Deflate(int level) {
        this.level = level;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void compress(GrowableBytes raw, long crc32, GrowableBytes into, BooleanSupplier abandoned) {
        into.clear();
        append(raw, into, abandoned);
    }

    void append(GrowableBytes raw, GrowableBytes into, BooleanSupplier abandoned) {
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(raw.array(), 0, raw.length());
            deflater.finish();
            while (!deflater.finished()) {
                if (abandoned.getAsBoolean()) {
                    throw new CancellationException("the archive was given up");
                }
                into.ensureRoom(CHUNK);
                into.advanceTo(into.length() + deflater.deflate(into.array(), into.length(), CHUNK));
            }
        } finally {
            deflater.end();
        }
    }
}
