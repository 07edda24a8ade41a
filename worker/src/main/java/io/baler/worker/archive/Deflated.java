package io.baler.worker.archive;

import io.baler.worker.encode.GrowableBytes;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** An entry's bytes as they go into the archive, with what its headers and the manifest say of them. */
record Deflated(GrowableBytes bytes, long size, long crc32, String sha256) {

    /**
     * The deflater keeps arrays from being moved while it works on them, which can hold up the collector and with it
     * every thread: so a little at a time. The result does not depend on it.
     */
    private static final int CHUNK = 32 << 10;

    /**
     * Deflates all of {@code raw} into {@code into}, from its beginning.
     *
     * @throws CancellationException soon after {@code abandoned} has become true
     */
    static Deflated deflate(GrowableBytes raw, GrowableBytes into, int level, BooleanSupplier abandoned) {
        into.clear();
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(raw.array(), 0, raw.length());
            deflater.finish();
            while (!deflater.finished()) {
                if (abandoned.getAsBoolean()) {
                    throw new CancellationException("the archive was given up");
                }
                into.ensureRoom(CHUNK);
                into.advanceTo(into.length() + deflater.deflate(into.array(), into.length(), CHUNK));
            }
        } finally {
            deflater.end();
        }
        return new Deflated(into, raw.length(), crc32(raw), sha256(raw));
    }

    InputStream content() {
        return new ByteArrayInputStream(bytes.array(), 0, bytes.length());
    }

    private static long crc32(GrowableBytes bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.array(), 0, bytes.length());
        return crc.getValue();
    }

    private static String sha256(GrowableBytes bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.array(), 0, bytes.length());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
