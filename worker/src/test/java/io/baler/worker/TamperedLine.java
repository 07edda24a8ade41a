package io.baler.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The way to a server on which certain bytes of its answers become others: how a damaged record arrives. */
final class TamperedLine implements AutoCloseable {
    private final ServerSocket entry;
    private final int server;
    private final byte[] original;
    private final byte[] replacement;

    private TamperedLine(ServerSocket entry, int server, byte[] original, byte[] replacement) {
        this.entry = entry;
        this.server = server;
        this.original = original;
        this.replacement = replacement;
    }

    /** @param replacement as long as the original, whose first byte must not occur in the rest of it */
    static TamperedLine to(int server, byte[] original, byte[] replacement) {
        try {
            var entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var line = new TamperedLine(entry, server, original, replacement);
            daemon(line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
                daemon(() -> pump(client, upstream, new byte[] {0}, new byte[] {0}));
                daemon(() -> pump(upstream, client, original, replacement));
            } catch (IOException closed) {
                // the next round looks whether for good
            }
        }
    }

    private static void pump(Socket from, Socket to, byte[] original, byte[] replacement) {
        try (from;
                to) {
            copy(from.getInputStream(), to.getOutputStream(), original, replacement);
        } catch (IOException broken) {
            // both ends are closed
        }
    }

    private static void copy(InputStream in, OutputStream out, byte[] original, byte[] replacement) throws IOException {
        var buffer = new byte[64 * 1024];
        int matched = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            var written = new java.io.ByteArrayOutputStream(n + original.length);
            for (int i = 0; i < n; i++) {
                if (buffer[i] != original[matched] && matched > 0) {
                    written.write(original, 0, matched);
                    matched = 0;
                }
                if (buffer[i] != original[matched]) {
                    written.write(buffer[i]);
                } else if (++matched == original.length) {
                    written.write(replacement);
                    matched = 0;
                }
            }
            written.writeTo(out);
        }
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "tampered-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            entry.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
