package io.baler.worker.format;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.system.SystemLibrary;
import java.util.List;
import java.util.Optional;

/**
 * The system's libdeflate; looked for once in each process.
 */
final class NativeDeflate {
    /** With the version of its interface on Linux; the plain name is what macOS knows it by. */
    private static final List<String> NAMES = List.of("libdeflate.so.0", "deflate");

    private final Function allocate;
    private final Function free;
    private final Function bound;
    private final Function compress;

    private NativeDeflate(NativeLibrary library) {
        this.allocate = library.getFunction("libdeflate_alloc_compressor");
        this.free = library.getFunction("libdeflate_free_compressor");
        this.bound = library.getFunction("libdeflate_deflate_compress_bound");
        this.compress = library.getFunction("libdeflate_deflate_compress");
    }

    /** Loaded when it is first asked for. */
    private static final class Loaded {
        static final Optional<NativeDeflate> LIBRARY =
                SystemLibrary.first(NAMES, NativeDeflate::new, NativeDeflate::isRight);

        private Loaded() {}
    }

    static boolean isHere() {
        return Loaded.LIBRARY.isPresent();
    }

    static NativeDeflate get() {
        return Loaded.LIBRARY.orElseThrow(() -> new IllegalStateException("this system has no libdeflate"));
    }

    private boolean isRight() {
        var sample = new GrowableBytes(0);
        for (int i = 0; i < 2_000; i++) {
            sample.ascii("{\"sample\":" + i * i + "}\n");
        }
        try {
            // looks at its first file by itself
            new LibDeflate(this, DeflateLibrary.LIBDEFLATE.defaultLevel())
                    .append(sample, new GrowableBytes(0), () -> false);
            return true;
        } catch (RuntimeException wrong) {
            return false;
        }
    }

    /** To be freed. */
    Pointer allocate(int level) {
        var compressor = allocate.invokePointer(new Object[] {level});
        if (compressor == null) {
            throw new IllegalStateException("libdeflate has no memory for a compressor of level " + level);
        }
        return compressor;
    }

    void free(Pointer compressor) {
        free.invokeVoid(new Object[] {compressor});
    }

    /** The most bytes that so many can become. */
    long bound(Pointer compressor, long bytes) {
        return bound.invokeLong(new Object[] {compressor, bytes});
    }

    /** Returns how many bytes it has written; 0 if there was no room for them. */
    long compress(Pointer compressor, Pointer from, long bytes, Pointer to, long room) {
        return compress.invokeLong(new Object[] {compressor, from, bytes, to, room});
    }
}
