package io.baler.worker.encode;

/**
 * These bytes are no BSON document: a length that lies, an unknown type, an end that is missing, nesting without
 * end. The message says what and where, never what the record holds.
 */
public final class MalformedRecord extends RuntimeException {

    private final int offset;

    /**
     * @param what what is wrong, without any content
     * @param offset where, in bytes from the record's start
     */
    public MalformedRecord(String what, int offset) {
        super("malformed record: " + what + ", at byte " + offset);
        this.offset = offset;
    }

    /** Where it was noticed, in bytes from the record's start. */
    public int offset() {
        return offset;
    }
}
