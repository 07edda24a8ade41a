package io.baler.standalone;

import io.baler.standalone.load.ImportResult;
import io.baler.standalone.terminal.Terminal;
import java.util.Locale;

/**
 * Tells what an import did, and what to know about it.
 *
 * @param into database and collection
 */
record ImportReport(ImportResult result, String into, String timeField, boolean strict) {

    void print(Terminal terminal, double seconds) {
        if (result.undated() > 0) {
            terminal.warn(String.format(
                    Locale.ROOT,
                    "%,d of the records have no date at %s; if they are logs, exports with --from or --to leave them out",
                    result.undated(),
                    timeField));
        }
        terminal.say(
                String.format(Locale.ROOT, "loaded %,d documents into %s in %.1f s", result.loaded(), into, seconds));
        if (result.bad() > 0) {
            terminal.warn(String.format(
                    Locale.ROOT,
                    "baler: %,d bad records were not loaded%s",
                    result.bad(),
                    strict ? ", and therefore, strictly, none was" : ""));
        }
    }
}
