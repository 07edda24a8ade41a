package io.baler.standalone.progress;

import io.baler.standalone.terminal.Terminal;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line now and then, for logs: every second at first, ever rarer the longer it takes; none for what is short. */
final class LineProgress implements Progress {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** The pause between lines grows to this part of the time passed, so that a night's export fills no log. */
    private static final int RARER = 20;

    private final Terminal terminal;
    private final String task;
    private final Unit unit;
    private final LongSupplier nanoTime;
    private final long begun;

    private long next;
    private String last = "";

    LineProgress(Terminal terminal, String task, Unit unit, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.task = task;
        this.unit = unit;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.next = begun + SECOND;
    }

    @Override
    public void at(long done, long total, String state) {
        var now = nanoTime.getAsLong();
        if (now - next < 0) {
            return;
        }
        var line = line(done, total, state);
        if (!line.equals(last)) {
            terminal.warn(line);
            last = line;
            next = now + Math.max(SECOND, (now - begun) / RARER);
        }
    }

    @Override
    public void note(String line) {
        terminal.warn(line);
    }

    @Override
    public void close() {}

    private String line(long done, long total, String state) {
        var count = total < 0
                ? String.format(Locale.ROOT, "%,d %s", done / unit.size(), unit.name())
                : String.format(
                        Locale.ROOT,
                        "%,d of %,d %s (%d %%)",
                        done / unit.size(),
                        total / unit.size(),
                        unit.name(),
                        total == 0 ? 100 : 100 * done / total);
        return task + ": " + count + (state.isEmpty() ? "" : ", " + state);
    }
}
