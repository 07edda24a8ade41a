package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import java.util.function.BooleanSupplier;
import java.util.zip.Deflater;

/** Deflates by the JDK's own zlib, which is everywhere. */
final class Deflate implements RawDeflate {

    /**
     * The deflater keeps arrays from being moved while it works on them, which can hold up the collector and with it
     * every thread: so a little at a time. The result does not depend on it.
     */
    private static final int CHUNK = 32 << 10;

    private final String name;
    private final int level;

    Deflate(int level) {
        this(DeflateLibrary.JDK.recordedName(), level);
    }

    /** @param name of the library that an archive was begun with, which is another one where that is missing here */
    Deflate(String name, int level) {
        this.name = name;
        this.level = level;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void append(GrowableBytes raw, GrowableBytes into, BooleanSupplier abandoned) {
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(raw.array(), 0, raw.length());
            deflater.finish();
            while (!deflater.finished()) {
                RawDeflate.throwIf(abandoned);
                into.ensureRoom(CHUNK);
                into.advanceTo(into.length() + deflater.deflate(into.array(), into.length(), CHUNK));
            }
        } finally {
            deflater.end();
        }
    }
}
