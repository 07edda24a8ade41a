package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Looks, by the JDK, at what another library has deflated. */
final class Inflated {
    private static final int CHUNK = 64 << 10;

    private Inflated() {}

    /** Whether these bytes are one raw deflate stream, and nothing else, that gives the original. */
    static boolean isSame(byte[] deflated, GrowableBytes original) {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            byte[] chunk = new byte[CHUNK];
            int at = 0;
            while (!inflater.finished()) {
                int count = inflater.inflate(chunk);
                if (count > original.length() - at
                        || !Arrays.equals(chunk, 0, count, original.array(), at, at + count)
                        || (count == 0 && !inflater.finished())) {
                    return false;
                }
                at += count;
            }
            return at == original.length() && inflater.getRemaining() == 0;
        } catch (DataFormatException wrong) {
            return false;
        } finally {
            inflater.end();
        }
    }
}
