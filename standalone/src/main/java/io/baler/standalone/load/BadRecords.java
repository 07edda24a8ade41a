package io.baler.standalone.load;

import io.baler.standalone.load.PreparedLog.Place;
import io.baler.standalone.terminal.Terminal;
import java.util.function.Consumer;

/** Names every bad record where it stands; after the first hundred it only counts them. */
final class BadRecords {

    private static final int NAMED = 100;

    private final Consumer<String> line;
    private long count;

    BadRecords(Consumer<String> line) {
        this.line = line;
    }

    void add(Place place, String reason) {
        count++;
        if (count <= NAMED) {
            line.accept(place + ": " + Terminal.plain(reason));
        }
        if (count == NAMED) {
            line.accept("more bad records are counted, but not named");
        }
    }

    long count() {
        return count;
    }
}
