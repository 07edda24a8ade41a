package io.baler.worker.archive;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * SHA-256 (FIPS 180-4) whose state can be taken out and put into another one, which the JDK's cannot. For bytes that are no
 * secret: nothing is done to hide them or the time that they take.
 */
final class ResumableSha256 {
    private static final int BLOCK = Sha256Blocks.BYTES;
    private static final int WORDS = Sha256Blocks.WORDS;

    private static final int[] BEGIN = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    private final int[] hash;
    private final byte[] pending = new byte[BLOCK];
    private final Sha256Blocks blocks;
    private long count;

    ResumableSha256() {
        this(Sha256Blocks.fastest());
    }

    ResumableSha256(Sha256Blocks blocks) {
        this(BEGIN.clone(), 0, blocks);
    }

    private ResumableSha256(int[] hash, long count, Sha256Blocks blocks) {
        this.hash = hash;
        this.count = count;
        this.blocks = blocks;
    }

    static ResumableSha256 of(byte[] state) {
        return of(state, Sha256Blocks.fastest());
    }

    /** @throws IllegalArgumentException if it is no state */
    static ResumableSha256 of(byte[] state, Sha256Blocks blocks) {
        var in = ByteBuffer.wrap(state);
        if (state.length < Long.BYTES + WORDS * Integer.BYTES) {
            throw new IllegalArgumentException("too short");
        }
        long count = in.getLong();
        int[] hash = new int[WORDS];
        in.asIntBuffer().get(hash);
        in.position(in.position() + WORDS * Integer.BYTES);
        if (count < 0 || in.remaining() != count % BLOCK) {
            throw new IllegalArgumentException("a count that does not fit");
        }
        var restored = new ResumableSha256(hash, count, blocks);
        in.get(restored.pending, 0, in.remaining());
        return restored;
    }

    /** How many bytes there were, what they are hashed to, and those that do not fill a block yet. */
    byte[] state() {
        int left = (int) (count % BLOCK);
        var out = ByteBuffer.allocate(Long.BYTES + WORDS * Integer.BYTES + left).putLong(count);
        for (int word : hash) {
            out.putInt(word);
        }
        return out.put(pending, 0, left).array();
    }

    void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        int held = (int) (count % BLOCK);
        count += length;
        if (held > 0) {
            int taken = Math.min(left, BLOCK - held);
            System.arraycopy(bytes, at, pending, held, taken);
            at += taken;
            left -= taken;
            if (held + taken < BLOCK) {
                return;
            }
            blocks.hash(hash, pending, 0, BLOCK);
        }
        int whole = left - left % BLOCK;
        blocks.hash(hash, bytes, at, whole);
        System.arraycopy(bytes, at + whole, pending, 0, left - whole);
    }

    /** The hash of what came so far. More may follow. */
    byte[] soFar() {
        var end = new ResumableSha256(hash.clone(), count, new JavaSha256());
        int held = (int) (count % BLOCK);
        System.arraycopy(pending, 0, end.pending, 0, held);
        end.pending[held] = (byte) 0x80;
        Arrays.fill(end.pending, held + 1, BLOCK, (byte) 0);
        if (held + 1 > BLOCK - Long.BYTES) {
            end.blocks.hash(end.hash, end.pending, 0, BLOCK);
            Arrays.fill(end.pending, (byte) 0);
        }
        ByteBuffer.wrap(end.pending).putLong(BLOCK - Long.BYTES, count * Byte.SIZE);
        end.blocks.hash(end.hash, end.pending, 0, BLOCK);
        var out = ByteBuffer.allocate(WORDS * Integer.BYTES);
        for (int word : end.hash) {
            out.putInt(word);
        }
        return out.array();
    }
}
