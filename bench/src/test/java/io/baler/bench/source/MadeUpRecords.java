package io.baler.bench.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.RawBsonDocument;

/** The source's records, as they are and over its wire. */
public final class MadeUpRecords implements AutoCloseable {
    private final ServerSocketChannel server;

    private MadeUpRecords(ServerSocketChannel server) {
        this.server = server;
    }

    /** The first so many. */
    public static List<RawBsonDocument> first(int count) {
        var logs = new BenchLogs(count);
        return IntStream.range(0, count).mapToObj(n -> record(logs, n)).toList();
    }

    private static RawBsonDocument record(BenchLogs logs, int n) {
        var element = logs.elements(n, n + 1);
        // a type and a name that ends with a zero come before the document
        byte[] document = new byte[element.remaining() - 2 - nameLength(element)];
        element.get(element.limit() - document.length, document);
        return new RawBsonDocument(document);
    }

    private static int nameLength(java.nio.ByteBuffer element) {
        int length = 0;
        while (element.get(1 + length) != 0) {
            length++;
        }
        return length;
    }

    /** Serves so many until it is closed. */
    public static MadeUpRecords served(int count) {
        try {
            var server = SourceServer.open();
            var answers = new Commands(new BenchLogs(count));
            var thread = new Thread(() -> serve(server, answers), "source");
            thread.setDaemon(true);
            thread.start();
            return new MadeUpRecords(server);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void serve(ServerSocketChannel server, Answers answers) {
        try {
            SourceServer.serve(server, answers);
        } catch (IOException closed) {
            // that is its end
        }
    }

    public String uri() {
        return "mongodb://127.0.0.1:" + server.socket().getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
