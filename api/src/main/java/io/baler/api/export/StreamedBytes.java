package io.baler.api.export;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of an answer on their way from the storage: all that were promised, or a failure. */
final class StreamedBytes extends FilterInputStream {
    private final Runnable released;
    private long left;
    private boolean closed;

    /** @param released run once, when the storage's connection is given back */
    StreamedBytes(InputStream bytes, long count, Runnable released) {
        super(bytes);
        this.left = count;
        this.released = released;
    }

    @Override
    public int read() throws IOException {
        var octet = super.read();
        count(octet < 0 ? -1 : 1);
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var n = super.read(buffer, offset, length);
        count(n);
        return n;
    }

    /** A clean end before the promised one would leave the caller waiting for the rest. */
    private void count(int n) throws IOException {
        if (n < 0 && left > 0) {
            throw new IOException("the storage's object ends " + left + " bytes early");
        }
        left -= Math.max(n, 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            super.close();
        } finally {
            released.run();
        }
    }
}
