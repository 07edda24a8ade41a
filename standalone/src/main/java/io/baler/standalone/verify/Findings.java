package io.baler.standalone.verify;

import io.baler.standalone.terminal.Terminal;
import java.util.function.Consumer;

/** What is wrong, told line by line while it is found; what is beyond some lines is only counted. */
final class Findings {

    private static final int TOLD = 20;
    private static final int LONGEST = 500;

    private final Consumer<String> lines;
    private long count;
    private String first = "";

    Findings(Consumer<String> lines) {
        this.lines = lines;
    }

    /**
     * Tells one.
     *
     * @param where a file, an entry, or where in the archive
     */
    void add(String where, String what) {
        var plain = Terminal.plain(where + ": " + what);
        var line = plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
        if (count == 0) {
            first = line;
        }
        if (count++ < TOLD) {
            lines.accept(line);
        }
    }

    /** Tells how many were not told. */
    void end() {
        if (count > TOLD) {
            lines.accept("and " + (count - TOLD) + " more");
        }
    }

    long count() {
        return count;
    }

    /** Empty if there is none. */
    String first() {
        return first;
    }
}
