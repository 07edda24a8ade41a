package io.baler.worker.archive;

import java.io.InputStream;

/** As many bytes as it claims, of no content: stands for an entry's data that is in the bucket already. */
final class ClaimedBytes extends InputStream {

    private long left;

    ClaimedBytes(long count) {
        left = count;
    }

    @Override
    public int read() {
        return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
        if (left <= 0) {
            return -1;
        }
        int claimed = (int) Math.min(count, left);
        left -= claimed;
        return claimed;
    }
}
