package io.baler.standalone.verify;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.baler.job.ArchiveFormat;
import io.baler.standalone.terminal.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The uncompressed bytes of one file, hashed while they are read, and never more of them than the manifest says: a few
 * compressed bytes can stand for more than any memory or disk has. Where they cannot be read they just end, and
 * {@link #wrong} says why.
 */
final class Content extends InputStream {

    private static final int BUFFER = 64 << 10;

    private final InputStream unpacked;
    private final long most;
    private final Sha256 sha256 = new Sha256();
    private final CRC32 crc = new CRC32();
    private long count;
    private @Nullable String wrong;

    private Content(InputStream unpacked, long most) {
        this.unpacked = unpacked;
        this.most = most;
    }

    /** @throws IOException if no file begins there; the message says what is wrong with it */
    static Content of(ArchiveFormat format, InputStream compressed, long most) throws IOException {
        return new Content(unpacked(format, compressed), most);
    }

    private static InputStream unpacked(ArchiveFormat format, InputStream compressed) throws IOException {
        return switch (format) {
            case JSON, NDJSON, CSV -> Inflated.plain(compressed);
            case NDJSON_GZ -> Inflated.gzip(compressed);
            case NDJSON_ZST -> new ZstdInputStreamNoFinalizer(compressed);
        };
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (wrong != null) {
            return -1;
        }
        try {
            var n = unpacked.read(into, offset, (int) Math.min(length, most + 1 - count));
            if (n > 0) {
                count += n;
                sha256.update(into, offset, n);
                crc.update(into, offset, n);
            }
            return count > most ? end("it goes on behind the " + most + " bytes that its manifest says") : n;
        } catch (IOException e) {
            return end(Reason.of(e));
        }
    }

    private int end(String why) {
        wrong = why;
        return -1;
    }

    /** Reads what nobody has read, and says what is wrong with all of it; nothing if it is whole. */
    Optional<String> wrong(String expectedSha256) {
        var buffer = new byte[BUFFER];
        while (read(buffer, 0, BUFFER) >= 0) {
            // it is hashed
        }
        if (wrong != null) {
            return Optional.of(wrong);
        }
        if (count != most) {
            return Optional.of("it has " + count + " bytes instead of " + most);
        }
        var found = sha256.hex();
        return found.equals(expectedSha256)
                ? Optional.empty()
                : Optional.of("its SHA-256 is " + found + " instead of " + expectedSha256);
    }

    /** CRC-32 of what was read. */
    long crc32() {
        return crc.getValue();
    }

    /** Left to {@link #release}: parsers close what they read, before all of it is hashed. */
    @Override
    public void close() {}

    void release() throws IOException {
        unpacked.close();
    }
}
