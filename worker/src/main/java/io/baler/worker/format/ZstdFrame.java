package io.baler.worker.format;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import io.baler.worker.encode.GrowableBytes;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** A zstd frame (RFC 8878) that says how large its content is and carries a checksum of it. */
final class ZstdFrame implements Compression {

    /** Beyond it zstd takes hundreds of megabytes for each thread. */
    static final int HIGHEST_LEVEL = 19;

    /** A frame of no bytes: magic number, a header that says so, an empty last block. */
    static final byte[] EMPTY = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x20, 0, 1, 0, 0};

    /** Bytes between two looks at whether the archive was given up. */
    private static final int CHUNK = 128 << 10;

    private final int level;

    ZstdFrame(int level) {
        this.level = level;
    }

    @Override
    public String name() {
        return "zstd-jni";
    }

    @Override
    public void compress(GrowableBytes raw, long crc32, GrowableBytes into, BooleanSupplier abandoned) {
        into.clear();
        // buffers outside the heap: zstd would keep arrays from being moved, and with them hold up the collector
        ByteBuffer from = ByteBuffer.allocateDirect(CHUNK);
        ByteBuffer to = ByteBuffer.allocateDirect(CHUNK);
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            zstd.setLevel(level).setChecksum(true).setPledgedSrcSize(raw.length());
            boolean ended = false;
            for (int at = 0; !ended; ) {
                if (abandoned.getAsBoolean()) {
                    throw new CancellationException("the archive was given up");
                }
                int count = Math.min(CHUNK, raw.length() - at);
                from.clear().put(raw.array(), at, count).flip();
                at += count;
                ended = append(zstd, from, to, at == raw.length(), into);
            }
        }
    }

    /** Returns whether the frame is complete. */
    private static boolean append(
            ZstdCompressCtx zstd, ByteBuffer from, ByteBuffer to, boolean isLast, GrowableBytes into) {
        boolean flushed;
        do {
            to.clear();
            flushed = zstd.compressDirectByteBufferStream(to, from, isLast ? EndDirective.END : EndDirective.CONTINUE);
            to.flip();
            into.ensureRoom(to.remaining());
            int count = to.remaining();
            to.get(into.array(), into.length(), count);
            into.advanceTo(into.length() + count);
        } while (from.hasRemaining() || (isLast && !flushed));
        return isLast;
    }
}
