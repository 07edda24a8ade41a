package io.baler.worker.faults;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A Kafka broker's answers with another port where it tells its own: clients go on to the address that the broker
 * tells, past whatever stands before it. All answers that tell it have it as host and 32 bits of port, and the host
 * stays, so no length changes.
 */
final class AdvertisedPort extends InputStream {
    private final DataInputStream answers;
    private final byte[] told;
    private final byte[] instead;
    private ByteBuffer answer = ByteBuffer.allocate(0);

    AdvertisedPort(InputStream answers, int told, int instead) {
        this.answers = new DataInputStream(answers);
        this.told = address(told);
        this.instead = address(instead);
    }

    private static byte[] address(int port) {
        var host = "127.0.0.1".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(host.length + Integer.BYTES)
                .put(host)
                .putInt(port)
                .array();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (!answer.hasRemaining() && !next()) {
            return -1;
        }
        var n = Math.min(length, answer.remaining());
        answer.get(buffer, offset, n);
        return n;
    }

    /** Reads one whole answer, which its length comes before. */
    private boolean next() throws IOException {
        try {
            var length = answers.readInt();
            answer = ByteBuffer.allocate(Integer.BYTES + length).putInt(length);
            answers.readFully(answer.array(), Integer.BYTES, length);
        } catch (EOFException end) {
            return false;
        }
        answer.rewind();
        replace(answer.array());
        return true;
    }

    private void replace(byte[] bytes) {
        for (int i = 0; i + told.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + told.length, told, 0, told.length)) {
                System.arraycopy(instead, 0, bytes, i, instead.length);
            }
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}
