package io.baler.standalone.stack;

import io.baler.standalone.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Keeps the process running until Ctrl-C or SIGTERM, then closes in order and ends it with 0: it did as it was told. */
public final class UntilStopped {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private UntilStopped() {}

    public static void run(Terminal terminal, Runnable closing) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(terminal, closing), "stop"));
        new CountDownLatch(1).await();
    }

    private static void stop(Terminal terminal, Runnable closing) {
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
