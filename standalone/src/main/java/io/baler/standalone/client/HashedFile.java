package io.baler.standalone.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is written from its start on and knows the SHA-256 of what was written. */
final class HashedFile {

    private final FileChannel file;
    private MessageDigest digest;
    private long size;

    HashedFile(FileChannel file) {
        this.file = file;
        this.digest = sha256Digest();
    }

    /** Forgets everything written. */
    void restart() throws IOException {
        file.truncate(0);
        file.position(0);
        digest = sha256Digest();
        size = 0;
    }

    void write(byte[] bytes, int length) throws IOException {
        var buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            size += file.write(buffer);
        }
        digest.update(bytes, 0, length);
    }

    long size() {
        return size;
    }

    /** Lower-case hex; ends the writing. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
