package io.baler.worker.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server that fails where a test has planned it. What it does not make up itself, it passes byte for byte between
 * its client and the real server behind it, the Host header included, so that signatures hold.
 */
final class FaultyStorage implements AutoCloseable {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int server;
    private final Entrance entrance;
    private final List<PlannedFault> plan = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private FaultyStorage(int server) {
        this.server = server;
        this.entrance = new Entrance(this::serve);
    }

    static FaultyStorage before(int server) {
        var storage = new FaultyStorage(server);
        storage.entrance.open();
        return storage;
    }

    /** Where to connect instead. */
    int port() {
        return entrance.port();
    }

    void plan(PlannedFault fault) {
        plan.add(fault);
    }

    private void serve(Socket client) throws IOException {
        var in = new BufferedInputStream(client.getInputStream());
        var out = client.getOutputStream();
        for (var head = HttpHead.read(in); head != null; head = HttpHead.read(in)) {
            var call = S3Call.of(head.firstLine());
            var planned = plan.stream().filter(fault -> fault.happensTo(call)).findFirst();
            if (!answer(new Exchange(call, head, in, out), planned)) {
                Entrance.reset(client);
                return;
            }
        }
    }

    /** False if the connection is to be reset instead. */
    private boolean answer(Exchange exchange, Optional<PlannedFault> planned) throws IOException {
        if (planned.isEmpty()) {
            return exchange.reply(exchange.forward());
        }
        var fault = planned.get().fault();
        if (fault.isMadeUp()) {
            exchange.swallow(1);
            return exchange.reply(fault.answer(exchange.call.operation()).getBytes(StandardCharsets.US_ASCII));
        }
        switch (fault) {
            case SLOW -> {
                var answer = exchange.forward();
                await(planned.get());
                return exchange.reply(answer);
            }
            case APPLIED_THEN_LOST -> exchange.forward();
            default -> exchange.swallow(2);
        }
        return false;
    }

    private void await(PlannedFault slow) {
        try {
            closed.await(slow.delay().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        entrance.close();
    }

    /** One request that has come, and its way to an answer. */
    private final class Exchange {
        private final S3Call call;
        private final HttpHead head;
        private final InputStream in;
        private final OutputStream out;

        Exchange(S3Call call, HttpHead head, InputStream in, OutputStream out) {
            this.call = call;
            this.head = head;
            this.in = in;
            this.out = out;
        }

        boolean reply(byte[] answer) throws IOException {
            out.write(answer);
            return true;
        }

        /** Takes a fraction of the request's body, which goes nowhere. */
        void swallow(int fraction) throws IOException {
            if (head.expectsContinue()) {
                out.write(CONTINUE);
            }
            HttpHead.copy(in, OutputStream.nullOutputStream(), head.length() / fraction);
        }

        /** Has it answered by the real server, whose whole answer is kept back here. */
        byte[] forward() throws IOException {
            // a connection of its own: none that the server closes just when it is used
            try (var upstream = Entrance.connect(server)) {
                var answers = new BufferedInputStream(upstream.getInputStream());
                head.writeTo(upstream.getOutputStream());
                if (head.expectsContinue()) {
                    var interim = Objects.requireNonNull(HttpHead.read(answers));
                    if (interim.status() != 100) {
                        // refused for its headers, so the client keeps the body
                        return whole(interim, answers);
                    }
                    interim.writeTo(out);
                }
                head.copyBody(in, upstream.getOutputStream());
                return whole(Objects.requireNonNull(HttpHead.read(answers)), answers);
            }
        }

        private byte[] whole(HttpHead answer, InputStream answers) throws IOException {
            var bytes = new ByteArrayOutputStream();
            answer.writeTo(bytes);
            if (call.operation() != S3Call.Operation.HEAD) {
                answer.copyBody(answers, bytes);
            }
            return bytes.toByteArray();
        }
    }
}
