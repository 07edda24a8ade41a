package io.baler.standalone.client;

import io.baler.standalone.progress.Progress;
import java.time.Duration;

/** Follows an export to its end by asking again and again, through short absences of the server. */
public final class Follower {

    private final BalerClient client;
    private final Duration interval;
    private final Duration patience;

    public Follower(BalerClient client) {
        this(client, Duration.ofMillis(500), Duration.ofMinutes(2));
    }

    /**
     * @param interval between two calls where the server does not say when to come back
     * @param patience how long the server may be absent at a stretch
     */
    Follower(BalerClient client, Duration interval, Duration patience) {
        this.client = client;
        this.interval = interval;
        this.patience = patience;
    }

    /** Returns the export once it has ended, well or not. */
    public Export follow(String id, Progress progress) {
        while (true) {
            var found = find(id, progress);
            var export = found.export();
            progress.at(export.exported(), export.expected(), export.status().value());
            if (!export.status().isLive()) {
                return export;
            }
            Pause.of(found.pause() == null ? interval : found.pause());
        }
    }

    private BalerClient.Found find(String id, Progress progress) {
        var giveUp = System.nanoTime() + patience.toNanos();
        var told = false;
        while (true) {
            try {
                return client.poll(id);
            } catch (CallFailed e) {
                if (!e.mayPass() || System.nanoTime() - giveUp > 0) {
                    throw e;
                }
                if (!told) {
                    progress.note(e.getMessage() + " (trying again for " + patience.toSeconds() + " s)");
                    told = true;
                }
            }
            Pause.of(interval);
        }
    }
}
