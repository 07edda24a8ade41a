package io.baler.standalone.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An HTTP server that answers what it was told to, in order, the last answer again and again. */
public final class FakeApi implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    public FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    /** A call as it arrived; {@code authorization} and {@code range} are empty where the header was missing. */
    public record Call(String method, String path, String body, String authorization, String range) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** Answers a call by hand. */
    public interface Answer {
        void to(HttpExchange exchange, Call call) throws IOException;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Call> calls() {
        return calls;
    }

    public List<String> callNames() {
        return calls.stream().map(Call::toString).toList();
    }

    /** @param call as in {@code GET /api/v1/exports} */
    public FakeApi on(String call, Answer answer) {
        answers.computeIfAbsent(call, any -> new ConcurrentLinkedDeque<>()).add(answer);
        return this;
    }

    public FakeApi on(String call, int status, String json) {
        return on(call, answer(status, json));
    }

    public static Answer answer(int status, String body) {
        return answer(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer answer(int status, byte[] body) {
        return (exchange, call) -> {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    public static Answer redirect(String location) {
        return (exchange, call) -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var call = new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    String.join(",", headers.getOrDefault("Authorization", List.of())),
                    String.join(",", headers.getOrDefault("Range", List.of())));
            calls.add(call);
            next(call.toString()).to(exchange, call);
        }
    }

    private Answer next(String call) {
        var left = answers.getOrDefault(call, new ArrayDeque<>());
        if (left.isEmpty()) {
            return answer(404, "{\"status\": 404, \"detail\": \"nothing here\", \"code\": \"not-found\"}");
        }
        return left.size() == 1 ? left.peek() : left.remove();
    }
}
