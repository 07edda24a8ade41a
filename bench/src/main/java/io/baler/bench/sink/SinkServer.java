package io.baler.bench.sink;

import io.baler.bench.Parent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Takes uploads and drops them until the benchmark that started it ends. Prints its port once it is ready. Started with a
 * number, it takes so many megabytes a second of each connection, as a storage does that is further away.
 */
public final class SinkServer {
    static final long AS_FAST_AS_THEY_COME = Long.MAX_VALUE;

    private SinkServer() {}

    public static void main(String[] arguments) throws IOException {
        Parent.endWithIt();
        try (var server = open()) {
            System.out.println(server.getLocalPort());
            serve(server, arguments.length == 0 ? AS_FAST_AS_THEY_COME : Long.parseLong(arguments[0]) * 1_000_000);
        }
    }

    static ServerSocket open() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /**
     * Until the server is closed.
     *
     * @param bytesPerSecond that each connection may bring
     */
    static void serve(ServerSocket server, long bytesPerSecond) throws IOException {
        var uploads = new Uploads();
        while (true) {
            var client = server.accept();
            client.setTcpNoDelay(true);
            var thread = new Thread(new SinkConnection(client, uploads, bytesPerSecond), "client");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
