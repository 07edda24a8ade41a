package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import java.util.function.BooleanSupplier;

/** A gzip member (RFC 1952) without a name and without a time: nothing in it but the file. */
final class GzipMember implements Compression {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** A member of no bytes. */
    static final byte[] EMPTY = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private final RawDeflate deflate;

    GzipMember(RawDeflate deflate) {
        this.deflate = deflate;
    }

    @Override
    public String name() {
        return deflate.name();
    }

    @Override
    public void compress(GrowableBytes raw, long crc32, GrowableBytes into, BooleanSupplier abandoned) {
        into.clear();
        into.write(HEADER, 0, HEADER.length);
        deflate.append(raw, into, abandoned);
        int32((int) crc32, into);
        int32(raw.length(), into);
    }

    private static void int32(int value, GrowableBytes out) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(value >>> shift);
        }
    }
}
