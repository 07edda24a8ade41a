package io.baler.worker.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The way to a server, made so narrow that what a test wants to disturb is certainly under way. */
final class SlowLine implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket entry;
    private final int server;
    private final Rates rates;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Bytes a second, per connection. */
    record Rates(int towardsServer, int back) {}

    private SlowLine(ServerSocket entry, int server, Rates rates) {
        this.entry = entry;
        this.server = server;
        this.rates = rates;
    }

    /** Lays a line to this port on the loopback address. */
    static SlowLine to(int server, Rates rates) {
        try {
            var entry = new ServerSocket();
            // little may be on its way unnoticed
            entry.setReceiveBufferSize(BUFFER);
            entry.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var line = new SlowLine(entry, server, rates);
            daemon(line::accept);
            return line;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where to connect instead. */
    int port() {
        return entry.getLocalPort();
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                connect(entry.accept());
            } catch (IOException over) {
                // the next round looks whether for good
            }
        }
    }

    private void connect(Socket client) throws IOException {
        var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
        ends.add(client);
        ends.add(upstream);
        daemon(() -> pump(client, upstream, rates.towardsServer()));
        daemon(() -> pump(upstream, client, rates.back()));
    }

    private void pump(Socket from, Socket to, int bytesPerSecond) {
        try (from;
                to) {
            var buffer = new byte[BUFFER];
            for (var n = from.getInputStream().read(buffer);
                    n >= 0 && !isClosedWhile(n, bytesPerSecond);
                    n = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException | InterruptedException broken) {
            // both ends are closed: the other direction ends too
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    /** Takes the time that so many bytes need; true if the line was closed meanwhile. */
    private boolean isClosedWhile(int bytes, int perSecond) throws InterruptedException {
        return closed.await(bytes * TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "slow-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            entry.close();
            for (var end : ends) {
                end.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
