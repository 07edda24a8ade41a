package io.baler.worker.archive;

import io.baler.worker.encode.GrowableBytes;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where the archive is written to: drops what is only replayed, digests and collects the rest until it is taken as a part.
 */
final class PartBuffer extends OutputStream {

    private final ArchiveDigest digest;
    private GrowableBytes bytes = new GrowableBytes(0);
    private long position;
    private boolean replaying = true;

    PartBuffer(ArchiveDigest digest) {
        this.digest = digest;
    }

    /** Offset in the archive of the next byte. */
    long position() {
        return position;
    }

    /** Bytes collected so far. */
    int length() {
        return bytes.length();
    }

    /** From here on bytes are kept: those up to here are in committed parts. */
    void endReplay() {
        replaying = false;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        position += count;
        if (!replaying) {
            digest.update(from, offset, count);
            bytes.write(from, offset, count);
        }
    }

    /** Makes room for a part in one go. */
    void expect(int count) {
        bytes.ensureRoom(count);
    }

    /** SHA-256 of all bytes of the archive so far, lower-case hex. */
    String sha256() {
        return digest.soFar();
    }

    String digest() {
        return digest.save();
    }

    /** Hands over what was collected; what follows goes into other memory. */
    ByteBuffer take() {
        ByteBuffer taken = ByteBuffer.wrap(bytes.array(), 0, bytes.length()).slice();
        bytes = new GrowableBytes(0);
        return taken;
    }

    /**
     * Goes on in memory that nobody reads any more; to be called where nothing is collected. Memory that is too small is
     * let go: grown, it would be one more of the larger size.
     */
    void reuse(ByteBuffer memory, int atLeast) {
        if (memory.arrayOffset() == 0 && memory.array().length >= atLeast) {
            bytes = GrowableBytes.over(memory.array());
        }
    }

    /** Keeps nothing. */
    void discard() {
        bytes = new GrowableBytes(0);
    }

    /** CRC-32 as S3 wants it: base64 of its four bytes, the highest first. */
    static String checksum(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        byte[] four = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.BIG_ENDIAN)
                .putInt((int) crc.getValue())
                .array();
        return Base64.getEncoder().encodeToString(four);
    }
}
