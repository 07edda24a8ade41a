package io.baler.worker.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads BSON's elements from bytes that nobody has checked: every step stays within the document it is in, or ends in
 * {@link MalformedRecord}.
 */
final class BsonBytes {

    private static final int SMALLEST_DOCUMENT = 5;
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private final byte[] bytes;
    private final int start;
    private int position;
    /** Where the current document's terminating zero is, or the end of all. */
    private int end;

    BsonBytes(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.start = offset;
        this.position = offset;
        this.end = offset + length;
    }

    byte[] array() {
        return bytes;
    }

    int position() {
        return position;
    }

    /** Steps into the document that begins here. What it returns is to be given to {@link #leave}. */
    int enter() {
        int length = peekInt32();
        if (length < SMALLEST_DOCUMENT || length > end - position) {
            throw malformed("a document's length is " + length + " where " + (end - position) + " bytes are left");
        }
        if (bytes[position + length - 1] != 0) {
            throw malformed("a document does not end where its length says");
        }
        int outerEnd = end;
        end = position + length - 1;
        position += Integer.BYTES;
        return outerEnd;
    }

    boolean hasElement() {
        return position < end;
    }

    /** Steps out of a document whose elements were all read. */
    void leave(int outerEnd) {
        position = end + 1;
        end = outerEnd;
    }

    /** Steps into code with its scope, which has a length but no terminating zero of its own. */
    int enterCodeWithScope() {
        int length = peekInt32();
        if (length < Integer.BYTES || length > end - position) {
            throw malformed("a code's length is " + length + " where " + (end - position) + " bytes are left");
        }
        int outerEnd = end;
        end = position + length;
        position += Integer.BYTES;
        return outerEnd;
    }

    void leaveCodeWithScope(int outerEnd) {
        requireEnd();
        end = outerEnd;
    }

    void requireEnd() {
        if (position != end) {
            throw malformed((end - position) + " bytes are left over");
        }
    }

    /** Steps over so many bytes and returns where they begin. */
    int skip(int count) {
        if (count < 0 || count > end - position) {
            throw malformed("a length is " + count + " where " + (end - position) + " bytes are left");
        }
        int from = position;
        position += count;
        return from;
    }

    /** Steps over a zero-terminated name or pattern and returns where its zero is. */
    int skipToZero() {
        int at = position;
        while (at < end && bytes[at] != 0) {
            at++;
        }
        if (at == end) {
            throw malformed("a name has no end");
        }
        position = at + 1;
        return at;
    }

    /** Steps over a string with its length and zero, and returns where its text begins; it ends before the zero. */
    int skipText() {
        int length = peekInt32();
        if (length < 1 || length > end - position - Integer.BYTES) {
            throw malformed("a string's length is " + length + " where " + (end - position) + " bytes are left");
        }
        if (bytes[position + Integer.BYTES + length - 1] != 0) {
            throw malformed("a string does not end where its length says");
        }
        int from = position + Integer.BYTES;
        position = from + length;
        return from;
    }

    byte int8() {
        return bytes[skip(1)];
    }

    int int32() {
        return (int) INTS.get(bytes, skip(Integer.BYTES));
    }

    long int64() {
        return (long) LONGS.get(bytes, skip(Long.BYTES));
    }

    /** The 32 bits at a place that was stepped over already. */
    int int32At(int at) {
        return (int) INTS.get(bytes, at);
    }

    MalformedRecord malformed(String what) {
        return new MalformedRecord(what, position - start);
    }

    private int peekInt32() {
        if (end - position < Integer.BYTES) {
            throw malformed("it is cut off within a length");
        }
        return (int) INTS.get(bytes, position);
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }
}
