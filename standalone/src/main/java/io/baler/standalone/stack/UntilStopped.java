package io.baler.standalone.stack;

import io.baler.standalone.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** On Ctrl-C or SIGTERM, closes in order and ends the process with 0: it did as it was told. */
public final class UntilStopped {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Terminal terminal;
    private final Runnable closing;

    /** From now on the process ends in order. */
    public UntilStopped(Terminal terminal, Runnable closing) {
        this.terminal = terminal;
        this.closing = closing;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }

    /** Never returns: the process ends meanwhile. */
    public void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private void stop() {
        terminal.warn("stopping");
        var closer = new Thread(closing, "closing");
        closer.start();
        try {
            closer.join(LONGEST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closer.isAlive()) {
            terminal.warn("not everything could be closed within " + LONGEST.toSeconds()
                    + " s; nothing that was acknowledged is lost");
        }
        // the signal alone would make the exit code 130 or 143; a hook can only change it so
        Runtime.getRuntime().halt(closer.isAlive() ? 1 : 0);
    }
}
