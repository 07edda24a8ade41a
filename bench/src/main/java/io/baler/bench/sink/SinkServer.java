package io.baler.bench.sink;

import io.baler.bench.Parent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Takes uploads and drops them until the benchmark that started it ends. Prints its port once it is ready. */
public final class SinkServer {
    private SinkServer() {}

    public static void main(String[] arguments) throws IOException {
        Parent.endWithIt();
        try (var server = open()) {
            System.out.println(server.getLocalPort());
            serve(server);
        }
    }

    static ServerSocket open() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Until the server is closed. */
    static void serve(ServerSocket server) throws IOException {
        var uploads = new Uploads();
        while (true) {
            var client = server.accept();
            client.setTcpNoDelay(true);
            var thread = new Thread(new SinkConnection(client, uploads), "client");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
