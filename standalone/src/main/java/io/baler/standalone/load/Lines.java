package io.baler.standalone.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Cuts bytes into lines, and passes over lines that are too long to be a document. */
final class Lines {

    /** The largest document, written with every character escaped, is far below. */
    static final int LONGEST = 64 * 1024 * 1024;

    private final BufferedInputStream input;
    private final int longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[RecordReader.BUFFER];

    private int begin;
    private int end;
    private long number;

    Lines(BufferedInputStream input, int longest) {
        this.input = input;
        this.longest = longest;
    }

    /** The number of the line that was read last, counted from 1. */
    long number() {
        return number;
    }

    /**
     * The next line without its end, or null behind the last one.
     *
     * @throws BadRecord when it is too long; the line after it can be read
     */
    byte @Nullable [] next() throws IOException {
        line.reset();
        var length = 0L;
        while (begin < end || fill()) {
            var newline = newline();
            var n = newline - begin;
            length += n;
            if (length <= longest) {
                line.write(buffer, begin, n);
            }
            begin = newline + 1;
            if (newline < end) {
                return line(length);
            }
        }
        return length == 0 ? null : line(length);
    }

    private byte[] line(long length) {
        number++;
        if (length > longest) {
            throw new BadRecord("longer than any document can be (" + length + " bytes)");
        }
        return line.toByteArray();
    }

    private boolean fill() throws IOException {
        begin = 0;
        end = Math.max(input.read(buffer), 0);
        return end > 0;
    }

    private int newline() {
        var at = begin;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        return at;
    }
}
