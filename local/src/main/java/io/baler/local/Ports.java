package io.baler.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Ports on 127.0.0.1, also for a server that must be told a free one before it binds. */
final class Ports {

    private Ports() {}

    /** Two ports that were free a moment ago; another process may be quicker, so be ready to try again. */
    static int[] twoFree() {
        // both open at once, or the second could be the first
        try (var one = bind(0);
                var other = bind(0)) {
            return new int[] {one.getLocalPort(), other.getLocalPort()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks before the server does, whose own complaint would be long. */
    static void requireFree(String server, int port) {
        try {
            bind(port).close();
        } catch (IOException e) {
            throw LocalStackFailed.server(server, port, e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.bind(address(port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** 127.0.0.1, whatever "localhost" or the loopback address are on this machine. */
    static InetSocketAddress address(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
