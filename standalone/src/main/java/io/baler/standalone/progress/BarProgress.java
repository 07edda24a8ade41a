package io.baler.standalone.progress;

import io.baler.standalone.terminal.Terminal;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is drawn over again and leaves nothing behind, for terminals. */
final class BarProgress implements Progress {

    private static final int REDRAW_MILLIS = 200;

    private final Terminal terminal;
    private final ProgressBar bar;

    BarProgress(Terminal terminal, String task, Unit unit) {
        this.terminal = terminal;
        this.bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(UNKNOWN)
                .setUnit(" " + unit.name(), unit.size())
                .setStyle(showsUnicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .continuousUpdate()
                .clearDisplayOnFinish()
                .setConsumer(new VanishingBar(terminal))
                .build();
    }

    @Override
    public void at(long done, long total, String state) {
        bar.maxHint(total);
        bar.stepTo(done);
        bar.setExtraMessage(state);
    }

    @Override
    public void note(String line) {
        // one call, so that the bar's own thread cannot draw in between; it draws the bar anew below the line
        terminal.err().print("\r" + " ".repeat(terminal.columns() - 1) + "\r" + line + System.lineSeparator());
    }

    @Override
    public void close() {
        bar.close();
    }

    private static boolean showsUnicode() {
        var encoding = System.getProperty("native.encoding", "US-ASCII");
        return Charset.isSupported(encoding) && Charset.forName(encoding).equals(StandardCharsets.UTF_8);
    }

    private static final class VanishingBar extends ConsoleProgressBarConsumer {

        private final PrintStream err;

        VanishingBar(Terminal terminal) {
            // one column stays free: terminals break the line when the last one is written
            super(terminal.err(), terminal.columns() - 1);
            this.err = terminal.err();
        }

        /** Without the library's line break: what follows is written where the bar was. */
        @Override
        public void close() {
            err.flush();
        }
    }
}
