package io.baler.standalone.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** TLS before a server that has none: it ends here, as at a proxy. */
final class TlsFront implements AutoCloseable {
    private final ServerSocket entry;
    private final int server;

    private TlsFront(ServerSocket entry, int server) {
        this.entry = entry;
        this.server = server;
    }

    /** @param server a port on the loopback address */
    static TlsFront of(int server, SSLContext context) {
        try {
            var entry = context.getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            var front = new TlsFront(entry, server);
            daemon(front::accept);
            return front;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return entry.getLocalPort();
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                var client = entry.accept();
                var upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                daemon(() -> pump(client, upstream));
                daemon(() -> pump(upstream, client));
            } catch (IOException closed) {
                // the next round looks whether for good
            }
        }
    }

    /** Ends with either end; a client that does not believe the certificate ends it, too. */
    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // nobody is there to be told
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "tls");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            entry.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
