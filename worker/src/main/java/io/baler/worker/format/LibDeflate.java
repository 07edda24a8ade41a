package io.baler.worker.format;

import com.sun.jna.Memory;
import io.baler.worker.encode.GrowableBytes;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Deflates by the system's libdeflate, which takes a whole file at once. The first file of each archive is inflated again
 * by the JDK and compared, so that a library that is not what it says ends an export instead of spoiling it.
 */
final class LibDeflate implements RawDeflate {
    private final NativeDeflate library;
    private final int level;
    private final AtomicBoolean looked = new AtomicBoolean();

    /** @throws IllegalStateException if this system has no libdeflate */
    LibDeflate(int level) {
        this(NativeDeflate.get(), level);
    }

    LibDeflate(NativeDeflate library, int level) {
        this.library = library;
        this.level = level;
    }

    @Override
    public String name() {
        return DeflateLibrary.LIBDEFLATE.recordedName();
    }

    /** Cannot be left within a file: 16 MiB take it about a sixth of a second. */
    @Override
    public void append(GrowableBytes raw, GrowableBytes into, BooleanSupplier abandoned) {
        RawDeflate.throwIf(abandoned);
        int before = into.length();
        var compressor = library.allocate(level);
        try (var memory = NativeMemory.take(raw.length(), library.bound(compressor, raw.length()))) {
            Memory from = memory.from();
            from.write(0, raw.array(), 0, raw.length());
            Memory to = memory.to();
            int count = Math.toIntExact(library.compress(compressor, from, raw.length(), to, to.size()));
            if (count == 0) {
                throw new IllegalStateException("libdeflate had no room for a file of " + raw.length() + " bytes");
            }
            into.ensureRoom(count);
            to.read(0, into.array(), before, count);
            into.advanceTo(before + count);
        } finally {
            library.free(compressor);
        }
        RawDeflate.throwIf(abandoned);
        if (looked.compareAndSet(false, true)) {
            requireSame(Arrays.copyOfRange(into.array(), before, into.length()), raw);
        }
    }

    private static void requireSame(byte[] deflated, GrowableBytes raw) {
        if (!Inflated.isSame(deflated, raw)) {
            throw new IllegalStateException("libdeflate has spoilt a file of " + raw.length()
                    + " bytes; baler.archive.deflater=jdk does without it");
        }
    }
}
