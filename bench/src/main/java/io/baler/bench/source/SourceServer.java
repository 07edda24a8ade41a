package io.baler.bench.source;

import io.baler.bench.Parent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/** Serves made-up logs from memory until the benchmark that started it ends. Prints its port once it is ready. */
public final class SourceServer {
    private SourceServer() {}

    /** @param arguments how many records */
    public static void main(String[] arguments) throws IOException {
        Parent.endWithIt();
        var logs = new BenchLogs(Integer.parseInt(arguments[0]));
        try (var server = open()) {
            System.out.println(server.socket().getLocalPort() + " " + logs.bytes());
            serve(server, new Commands(logs));
        }
    }

    static ServerSocketChannel open() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Until the server is closed. */
    static void serve(ServerSocketChannel server, Answers answers) throws IOException {
        while (true) {
            var client = server.accept();
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var thread = new Thread(new SourceConnection(client, answers), "client");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
