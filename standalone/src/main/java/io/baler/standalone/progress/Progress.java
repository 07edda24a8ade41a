package io.baler.standalone.progress;

import io.baler.standalone.terminal.Terminal;

/** Shows how far something is, on standard error: a bar on a terminal, a line now and then elsewhere. */
public interface Progress extends AutoCloseable {

    /** The total is not known. */
    long UNKNOWN = -1;

    static Progress on(Terminal terminal, String task, Unit unit) {
        return terminal.isInteractive()
                ? new BarProgress(terminal, task, unit)
                : new LineProgress(terminal, task, unit, System::nanoTime);
    }

    /**
     * Where it stands now.
     *
     * @param total or {@link #UNKNOWN}
     * @param state one word or two, or empty
     */
    void at(long done, long total, String state);

    /** Prints a line that stays. */
    void note(String line);

    @Override
    void close();
}
