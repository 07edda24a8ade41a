package io.baler.standalone.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What services send their spans to: OTLP over HTTP, as a collector takes it, and no more of a collector than that. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<Sent> spans = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** @param parent empty = it has none */
    record Sent(String service, String trace, String id, String parent, String name, Map<String, String> attributes) {}

    Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Of this trace, from whichever service. */
    List<Sent> trace(String id) {
        return spans.stream().filter(span -> span.trace().equals(id)).toList();
    }

    List<Sent> named(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    /** Everything that was ever sent, of which the texts can be read. */
    synchronized String text() {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private void take(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        synchronized (this) {
            bytes.writeBytes(body);
        }
        ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                .flatMap(Collector::read)
                .forEach(spans::add);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Stream<Sent> read(ResourceSpans sent) {
        var service = attributes(sent.getResource().getAttributesList()).get("service.name");
        return sent.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> read(String.valueOf(service), span));
    }

    private static Sent read(String service, Span span) {
        return new Sent(
                service,
                hex(span.getTraceId().toByteArray()),
                hex(span.getSpanId().toByteArray()),
                hex(span.getParentSpanId().toByteArray()),
                span.getName(),
                attributes(span.getAttributesList()));
    }

    private static Map<String, String> attributes(List<KeyValue> all) {
        return all.stream()
                .collect(Collectors.toMap(KeyValue::getKey, it -> text(it.getValue()), (a, b) -> b, TreeMap::new));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            default -> value.toString();
        };
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
