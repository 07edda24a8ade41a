package io.baler.worker.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The network before a server. It works until a request comes that a test has named, and then fails in the way that the
 * test has chosen: so a fault hits the same moment of an export in every run.
 */
final class FaultyNetwork implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;
    private static final Duration LATE = Duration.ofMillis(2_500);

    private final int server;
    private final UnaryOperator<InputStream> answers;
    private final Entrance entrance;
    private Ambush ambush = Ambush.NONE;
    private boolean delaying;
    private boolean halfOpen;
    private boolean refusing;
    private @Nullable Long struckAt;

    private FaultyNetwork(int server, UnaryOperator<InputStream> answers) {
        this.server = server;
        this.answers = answers;
        this.entrance = new Entrance(this::connect);
    }

    /**
     * @param text in the request that the fault hits
     * @param bytes of request and answer that get through before a cut
     */
    private record Ambush(NetworkFault fault, String text, long bytes) {
        static final Ambush NONE = new Ambush(NetworkFault.DELAY, "", 0);
    }

    static FaultyNetwork before(int server) {
        return before(server, UnaryOperator.identity());
    }

    /** @param answers what becomes of the server's answers on their way */
    static FaultyNetwork before(int server, UnaryOperator<InputStream> answers) {
        var network = new FaultyNetwork(server, answers);
        network.entrance.open();
        return network;
    }

    /** Where to connect instead. */
    int port() {
        return entrance.port();
    }

    /** Lets the fault hit the next request that contains the text. A lasting one goes on until it is mended. */
    synchronized void strike(NetworkFault fault, String text, long bytes) {
        ambush = new Ambush(fault, text, bytes);
        struckAt = null;
    }

    /** Whether the fault has hit, and this long ago. */
    synchronized boolean hasStruckFor(Duration time) {
        return struckAt != null && System.nanoTime() - struckAt > time.toNanos();
    }

    /**
     * Lets everything through again. A connection that has lost bytes to the silence is reset, as an end does that
     * hears of a connection in the middle.
     */
    synchronized void mend() {
        ambush = Ambush.NONE;
        delaying = false;
        halfOpen = false;
        refusing = false;
        notifyAll();
    }

    private void connect(Socket client) throws IOException {
        if (isRefusing()) {
            Entrance.reset(client);
            return;
        }
        try (var upstream = Entrance.connect(server)) {
            var line = new Line(client, upstream);
            Entrance.daemon("answers", line::passAnswers);
            line.passRequests();
        }
    }

    private synchronized boolean isRefusing() {
        return refusing;
    }

    /** Springs the trap if this is the awaited request. */
    private synchronized void look(Line line, byte[] buffer, int length) {
        if (ambush == Ambush.NONE
                || !new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(ambush.text())) {
            return;
        }
        struckAt = System.nanoTime();
        switch (ambush.fault()) {
            case DELAY -> delaying = true;
            case CUT -> line.allowance = ambush.bytes();
            case LOST_ANSWER -> line.deaf = true;
            case HALF_OPEN -> halfOpen = true;
            case REFUSAL -> {
                refusing = true;
                entrance.resetAll();
            }
        }
        ambush = Ambush.NONE;
    }

    /** Holds bytes back while the network is half-open; false if that was so and they are lost. */
    private synchronized boolean getsThrough() throws InterruptedException {
        var lost = halfOpen;
        while (halfOpen) {
            wait();
        }
        return !lost;
    }

    private synchronized void delay() throws InterruptedException {
        var end = System.nanoTime() + LATE.toNanos();
        for (var left = LATE.toMillis(); delaying && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    @Override
    public void close() {
        mend();
        entrance.close();
    }

    /** One connection, and what is wrong with it. */
    private final class Line {
        private final Socket client;
        private final Socket upstream;
        private volatile boolean asked;
        private volatile boolean deaf;
        private volatile long allowance = Long.MAX_VALUE;

        Line(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void passRequests() {
            try {
                pass(client.getInputStream(), upstream.getOutputStream(), true);
            } catch (IOException | InterruptedException broken) {
                reset();
            }
        }

        void passAnswers() {
            try {
                pass(answers.apply(upstream.getInputStream()), client.getOutputStream(), false);
                client.shutdownOutput();
            } catch (IOException | InterruptedException broken) {
                reset();
            }
        }

        private void pass(InputStream from, OutputStream to, boolean requests)
                throws IOException, InterruptedException {
            var buffer = new byte[BUFFER];
            for (var n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                if (requests) {
                    look(this, buffer, n);
                    asked = true;
                } else {
                    hinder();
                }
                if (!getsThrough()) {
                    throw new IOException("lost in the silence");
                }
                to.write(buffer, 0, spend(n));
                if (allowance == 0) {
                    throw new IOException("cut");
                }
            }
        }

        private void hinder() throws IOException, InterruptedException {
            if (deaf) {
                throw new IOException("the answer is lost");
            }
            if (asked) {
                // an answer as a whole is late, not each of its packets
                asked = false;
                delay();
            }
        }

        /** How many of the bytes get through before the cut. */
        private synchronized int spend(int n) {
            var through = Math.min(n, allowance);
            if (allowance != Long.MAX_VALUE) {
                allowance -= through;
            }
            return (int) through;
        }

        private void reset() {
            Entrance.reset(client);
            Entrance.reset(upstream);
        }
    }
}
