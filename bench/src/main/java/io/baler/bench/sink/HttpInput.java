package io.baler.bench.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** What a client sends, read through one buffer: lines as text, bodies to be counted and forgotten. */
final class HttpInput {
    private static final int BUFFER = 256 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;

    HttpInput(InputStream in) {
        this.in = in;
    }

    /** A line without its end. */
    String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            fill();
            int from = at;
            while (at < limit && buffer[at] != '\n') {
                at++;
            }
            line.append(new String(buffer, from, at - from, ISO_8859_1));
            if (at < limit) {
                at++;
                return line.toString().stripTrailing();
            }
        }
    }

    /** Takes so many bytes and forgets them, but for their checksum. */
    void drop(long count, CRC32 checksum) throws IOException {
        long left = count;
        while (left > 0) {
            fill();
            int taken = (int) Math.min(left, limit - at);
            checksum.update(buffer, at, taken);
            at += taken;
            left -= taken;
        }
    }

    private void fill() throws IOException {
        if (at == limit) {
            at = 0;
            limit = Math.max(0, in.read(buffer));
            if (limit == 0) {
                throw new EOFException();
            }
        }
    }
}
