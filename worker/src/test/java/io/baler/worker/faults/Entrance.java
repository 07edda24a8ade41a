package io.baler.worker.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes connections in a server's place, each on a thread of its own, and can end all of them from outside. */
final class Entrance implements AutoCloseable {
    private final ServerSocket listener;
    private final Guest guest;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is done with a connection; it is closed when this returns. */
    interface Guest {
        void serve(Socket client) throws IOException;
    }

    Entrance(Guest guest) {
        this.guest = guest;
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Entrance open() {
        daemon("entrance", this::accept);
        return this;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                client.setTcpNoDelay(true);
                open.add(client);
                daemon("guest", () -> serve(client));
            } catch (IOException closed) {
                // the next round looks whether for good
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            guest.serve(client);
        } catch (IOException broken) {
            // as connections break: the client sees its end closed
        } finally {
            open.remove(client);
        }
    }

    static Socket connect(int server) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** With an RST instead of a FIN: the other end learns that something is wrong, and not that this was all. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // it is closed one way or the other
        }
    }

    void resetAll() {
        open.forEach(Entrance::reset);
    }

    static void daemon(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        resetAll();
    }
}
