package io.baler.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connection to a server, which a test can cut, and mend again: servers fail, and tests must see what then. */
public final class Cable implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket entry;
    private final int server;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile String fatalCommand = "";

    private Cable(ServerSocket entry, int server) {
        this.entry = entry;
        this.server = server;
    }

    /** Lays a cable to this port on the loopback address. */
    public static Cable to(int server) {
        try {
            var cable = new Cable(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
            daemon(cable::accept);
            return cable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to connect instead. */
    public int port() {
        return entry.getLocalPort();
    }

    /** Ends all connections and refuses new ones. */
    public void cut() {
        cut = true;
        ends.forEach(Cable::close);
    }

    /** The next command of this name arrives, but its answer does not. */
    public void loseAnswerTo(String command) {
        fatalCommand = command;
    }

    /** Lets new connections through again. */
    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                var client = entry.accept();
                if (cut) {
                    close(client);
                } else {
                    connect(client);
                }
            } catch (IOException closed) {
                // the next round looks whether for good
            }
        }
    }

    private void connect(Socket client) throws IOException {
        var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
        ends.add(client);
        ends.add(upstream);
        var doomed = new boolean[1];
        daemon(() -> pump(client, upstream, doomed, true));
        daemon(() -> pump(upstream, client, doomed, false));
    }

    private void pump(Socket from, Socket to, boolean[] doomed, boolean commands) {
        try {
            var buffer = new byte[BUFFER];
            for (var n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                if (commands && isFatal(buffer, n)) {
                    // set before the command goes out, and seen when its answer comes back through the sockets
                    doomed[0] = true;
                } else if (!commands && doomed[0]) {
                    break;
                }
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException broken) {
            // the other end is told below
        }
        close(from);
        close(to);
    }

    private boolean isFatal(byte[] buffer, int length) {
        var command = fatalCommand;
        if (command.isEmpty() || !new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(command)) {
            return false;
        }
        fatalCommand = "";
        return true;
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // it is closed one way or the other
        }
    }

    @Override
    public void close() {
        try {
            entry.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ends.forEach(Cable::close);
    }
}
