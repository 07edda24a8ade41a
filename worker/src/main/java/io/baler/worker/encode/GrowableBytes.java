package io.baler.worker.encode;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * An array of bytes that grows at its end and is used again: clearing it keeps the memory. Whoever holds it owns it;
 * it is not safe for two threads at once.
 */
public final class GrowableBytes extends OutputStream {

    /** The largest array that every JVM can make. */
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private byte[] array;
    private int length;

    public GrowableBytes(int capacity) {
        array = new byte[capacity];
    }

    /** Empty, in memory that belongs to it from now on. */
    public static GrowableBytes over(byte[] memory) {
        GrowableBytes bytes = new GrowableBytes(0);
        bytes.array = memory;
        return bytes;
    }

    /** The bytes themselves, not a copy: valid up to {@link #length()} and until it grows. */
    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    /** Makes room for so many more bytes, so that they can be written into {@link #array()} directly. */
    public void ensureRoom(int more) {
        if (more > array.length - length) {
            grow(more);
        }
    }

    /** Takes over what was written into {@link #array()} directly. */
    public void advanceTo(int newLength) {
        length = newLength;
    }

    /** Forgets everything behind the first {@code newLength} bytes. */
    public void truncate(int newLength) {
        length = Math.min(length, newLength);
    }

    public void clear() {
        length = 0;
    }

    @Override
    public void write(int b) {
        ensureRoom(1);
        array[length++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        ensureRoom(count);
        System.arraycopy(from, offset, array, length, count);
        length += count;
    }

    /** Appends text of which every character is ASCII. */
    public void ascii(String text) {
        int count = text.length();
        ensureRoom(count);
        for (int i = 0; i < count; i++) {
            array[length++] = (byte) text.charAt(i);
        }
    }

    // By half, not to the double: these buffers are the worker's memory, and they grow only until they have seen
    // the largest file.
    private void grow(int more) {
        long needed = (long) length + more;
        if (needed > MAX_CAPACITY) {
            throw new IllegalStateException("a file cannot hold " + needed + " bytes");
        }
        long roomy = Math.max(needed, array.length + (array.length >> 1));
        array = Arrays.copyOf(array, (int) Math.min(roomy, MAX_CAPACITY));
    }
}
