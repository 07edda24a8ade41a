package io.baler.api.export;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of something, as {@code Range} asks for it (RFC 9110, 14.2).
 *
 * @param first of its bytes, from 0
 * @param count of its bytes; 0 = there are no such bytes
 */
record ByteRange(long first, long count) {
    private static final Pattern SINGLE = Pattern.compile("bytes=[ \\t]*([0-9]*)-([0-9]*)[ \\t]*");

    /** One digit fewer than could be too many for a long. */
    private static final int DIGITS = 18;

    static ByteRange all(long size) {
        return new ByteRange(0, size);
    }

    /**
     * The part of so many bytes that is asked for. Everything where no single range is: several would have to be packed
     * into one answer, and who sends what is no range is to get what he would without it.
     */
    static ByteRange of(@Nullable String header, long size) {
        var range = SINGLE.matcher(header == null ? "" : header);
        if (!range.matches()) {
            return all(size);
        }
        var from = range.group(1);
        var to = range.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? all(size) : last(number(to), size);
        }
        var first = number(from);
        var last = to.isEmpty() ? Long.MAX_VALUE : number(to);
        if (last < first) {
            return all(size);
        }
        return first >= size ? new ByteRange(first, 0) : new ByteRange(first, Math.min(last, size - 1) - first + 1);
    }

    private static ByteRange last(long count, long size) {
        var given = Math.min(count, size);
        return new ByteRange(size - given, given);
    }

    private static long number(String digits) {
        var significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
    }

    boolean isNothing() {
        return count == 0;
    }

    /** As {@code Content-Range} says it. */
    String of(long size) {
        return isNothing() ? "bytes */" + size : "bytes " + first + "-" + (first + count - 1) + "/" + size;
    }
}
