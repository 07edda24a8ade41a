package io.baler.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Many clients that follow exports, each by a connection of its own, and all on one thread. */
final class Crowd implements AutoCloseable {
    private final int port;
    private final Selector selector;
    private final Thread reader;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    Crowd(int port) {
        try {
            this.port = port;
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.reader = new Thread(this::read, "crowd");
        reader.start();
    }

    /** What one client has heard; events are counted by their line, and each fits into one chunk of the answer. */
    static final class Member {
        private final String path;
        private final SocketChannel connection;
        private final StringBuilder line = new StringBuilder();
        volatile String status = "";
        volatile int progress;
        volatile String outcome = "";
        volatile int outcomes;
        volatile boolean ended;

        Member(String path, SocketChannel connection) {
            this.path = path;
            this.connection = connection;
        }

        private void hear(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '\n') {
                    hearLine(line.toString());
                    line.setLength(0);
                } else {
                    line.append(text.charAt(i));
                }
            }
        }

        private void hearLine(String heard) {
            if (heard.startsWith("HTTP/1.1 ")) {
                status = heard.substring(9).strip();
            } else if (heard.equals("event: progress")) {
                progress++;
            } else if (heard.startsWith("event: ")) {
                outcome = heard.substring(7);
                outcomes++;
            }
        }

        @Override
        public String toString() {
            return path + ": " + status + ", " + progress + " × progress, " + outcomes + " × " + outcome
                    + (ended ? ", ended" : "");
        }
    }

    Member join(String path) {
        try {
            var connection = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            var request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + ApiServer.TOKEN + "\r\n\r\n";
            connection.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            connection.configureBlocking(false);
            var member = new Member(path, connection);
            members.add(member);
            selector.wakeup();
            connection.register(selector, SelectionKey.OP_READ, member);
            return member;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Member> members() {
        return members;
    }

    private void read() {
        var buffer = ByteBuffer.allocate(64 << 10);
        while (!closed) {
            try {
                // not without end: a registration may come between a wake-up and this
                selector.select(20);
                for (var key : selector.selectedKeys()) {
                    read((Member) key.attachment(), key, buffer);
                }
                selector.selectedKeys().clear();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void read(Member member, SelectionKey key, ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (member.connection.read(buffer) < 0) {
            member.ended = true;
            key.cancel();
            member.connection.close();
        } else {
            member.hear(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var member : members) {
            member.connection.close();
        }
        selector.close();
    }
}
