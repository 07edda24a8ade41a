package io.baler.standalone.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes were taken. */
final class CountedInput extends FilterInputStream {

    private final LongConsumer taken;

    CountedInput(InputStream input, LongConsumer taken) {
        super(input);
        this.taken = taken;
    }

    @Override
    public int read() throws IOException {
        var one = super.read();
        if (one >= 0) {
            taken.accept(1);
        }
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var n = super.read(bytes, offset, length);
        if (n > 0) {
            taken.accept(n);
        }
        return n;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
