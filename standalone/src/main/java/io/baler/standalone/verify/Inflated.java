package io.baler.standalone.verify;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses deflated bytes, with or without gzip's header and trailer around them. Unlike the JDK's streams it
 * accepts nothing behind their end.
 */
final class Inflated extends InputStream {

    private static final int BUFFER = 64 << 10;
    private static final int GZIP_HEADER = 10;
    private static final int GZIP_TRAILER = 8;
    private static final byte[] GZIP_START = {0x1f, (byte) 0x8b, 8, 0};

    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[BUFFER];
    private final CRC32 crc = new CRC32();
    private final InputStream compressed;
    private final boolean isGzip;
    private int filled;
    private int size;
    private boolean ended;

    private Inflated(InputStream compressed, boolean isGzip) {
        this.compressed = compressed;
        this.isGzip = isGzip;
    }

    static Inflated plain(InputStream compressed) {
        return new Inflated(compressed, false);
    }

    /** One member without a name, as archives have them. */
    static Inflated gzip(InputStream compressed) throws IOException {
        var header = ByteBuffer.wrap(compressed.readNBytes(GZIP_HEADER));
        if (header.remaining() < GZIP_HEADER || !header.limit(GZIP_START.length).equals(ByteBuffer.wrap(GZIP_START))) {
            throw new ZipException("no gzip member begins there");
        }
        return new Inflated(compressed, true);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        while (!ended) {
            var n = inflate(into, offset, count);
            if (n > 0) {
                return n;
            }
            if (inflater.finished()) {
                end();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("its compressed data ask for a dictionary");
            } else if (inflater.needsInput()) {
                fill();
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int offset, int count) throws IOException {
        try {
            var n = inflater.inflate(into, offset, count);
            crc.update(into, offset, n);
            size += n;
            return n;
        } catch (DataFormatException e) {
            throw new ZipException("its compressed data are damaged (" + e.getMessage() + ")");
        }
    }

    private void fill() throws IOException {
        filled = Math.max(0, compressed.read(buffer));
        if (filled == 0) {
            throw new EOFException("its compressed data are cut off");
        }
        inflater.setInput(buffer, 0, filled);
    }

    private void end() throws IOException {
        ended = true;
        var trailer = ByteBuffer.wrap(behindTheData()).order(ByteOrder.LITTLE_ENDIAN);
        if (trailer.remaining() != (isGzip ? GZIP_TRAILER : 0)) {
            throw new ZipException("its compressed data do not end where they should");
        }
        if (isGzip && (trailer.getInt() != (int) crc.getValue() || trailer.getInt() != size)) {
            throw new ZipException("its gzip trailer does not fit its content");
        }
    }

    /** Up to one byte more than can be right. */
    private byte[] behindTheData() throws IOException {
        var buffered = Arrays.copyOfRange(buffer, filled - inflater.getRemaining(), filled);
        var more = compressed.readNBytes(Math.max(0, GZIP_TRAILER + 1 - buffered.length));
        var all = Arrays.copyOf(buffered, buffered.length + more.length);
        System.arraycopy(more, 0, all, buffered.length, more.length);
        return all;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        compressed.close();
    }
}
