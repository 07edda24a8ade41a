package io.baler.worker.archive;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import io.baler.worker.system.SystemLibrary;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The compression function of SHA-256 from OpenSSL's libcrypto, by {@code SHA256_Update} on a {@code SHA256_CTX}, a public
 * structure, whose state can be set and read. Looked for once in each process. For one thread at a time.
 */
final class NativeSha256 implements Sha256Blocks {
    /** That of OpenSSL 3. Without a version macOS would end the process that loads it. */
    private static final List<String> NAMES = List.of("libcrypto.so.3");

    /** From so many bytes on a call out of Java is worth what it costs. */
    private static final int FEWEST_BYTES = 16 * BYTES;

    /** {@code h[8], Nl, Nh, data[16], num, md_len}, all of 32 bits: with no block begun, all but the first are zero. */
    private static final int CONTEXT_BYTES = (WORDS + 2 + 16 + 2) * Integer.BYTES;

    /** As much as a core's nearest memory holds well. */
    private static final int CHUNK_BYTES = 256 * BYTES;

    private static final int DONE = 1;

    private final Function update;
    private final Memory context = new Memory(CONTEXT_BYTES);
    private final Memory chunk = new Memory(CHUNK_BYTES);
    private final Sha256Blocks few = new JavaSha256();

    private NativeSha256(Function update) {
        this.update = update;
    }

    /** Loaded when it is first asked for. */
    private static final class Loaded {
        static final Optional<Function> UPDATE =
                SystemLibrary.first(NAMES, library -> library.getFunction("SHA256_Update"), NativeSha256::isRight);

        private Loaded() {}
    }

    /** One of the caller's own, if this system has it. */
    static Optional<NativeSha256> find() {
        return Loaded.UPDATE.map(NativeSha256::new);
    }

    private static boolean isRight(Function update) {
        byte[] sample = new byte[2 * CHUNK_BYTES + 3 * BYTES];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (byte) (i * i);
        }
        var bySystem = new ResumableSha256(new NativeSha256(update));
        bySystem.update(sample, 0, sample.length);
        return HexFormat.of().formatHex(bySystem.soFar()).equals(Sha256.hex(sample, sample.length));
    }

    @Override
    public void hash(int[] hash, byte[] bytes, int offset, int length) {
        if (length < FEWEST_BYTES) {
            few.hash(hash, bytes, offset, length);
            return;
        }
        context.clear();
        context.write(0, hash, 0, WORDS);
        int end = offset + length;
        for (int at = offset; at < end; at += CHUNK_BYTES) {
            int count = Math.min(CHUNK_BYTES, end - at);
            chunk.write(0, bytes, at, count);
            if (update.invokeInt(new Object[] {context, chunk, (long) count}) != DONE) {
                throw new IllegalStateException("libcrypto has not hashed " + count + " bytes");
            }
        }
        context.read(0, hash, 0, WORDS);
    }
}
