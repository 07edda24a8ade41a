package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.api.EventClient.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What ends a stream but its export. */
@ExtendWith(OnApiServer.class)
@Timeout(120)
class StreamLimitsTest {
    private final ApiServer api;
    private final FakeWorker worker;

    StreamLimitsTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @Test
    void whoFollowsAsManyAsAllowedIsToldToWait() throws IOException {
        var id = api.requested();
        try (var replica =
                Replica.of(api, "--baler.events.streams-per-requester=2", "--baler.events.heartbeat=100ms")) {
            try (var first = follow(replica, id);
                    var second = follow(replica, id)) {
                first.next();
                second.next();

                var refused = api.send(replica.call(path(id))).isProblem(429, "too-many-streams");

                assertThat(refused.header("retry-after")).isEqualTo("30");
                assertThat(refused.body().path("limit").intValue()).isEqualTo(2);
            }

            // the heartbeat finds that they are gone
            await().until(() -> replica.streams().size() == 0);
            try (var third = follow(replica, id)) {
                assertThat(third.next().type()).isEqualTo("progress");
            }
        }
    }

    @Test
    void whileNothingMovesTheLineIsKeptByComments() throws IOException {
        var id = api.requested();
        try (var replica = Replica.of(api, "--baler.events.heartbeat=100ms");
                var events = follow(replica, id)) {
            events.next();

            assertThat(events.line()).isEqualTo(":");
            assertThat(events.line()).isEmpty();
            assertThat(events.line()).isEqualTo(":");
        }
    }

    @Test
    void aServerThatStopsEndsItsStreamsAtOnceAndTheyGoOnElsewhere() throws IOException {
        var id = api.requested();
        var replica = Replica.of(api);
        try (var events = follow(replica, id)) {
            var heard = events.next().id();
            var began = System.nanoTime();

            replica.close();

            assertThat(events.rest()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
            api.jobs().cancel(id);
            try (var elsewhere = EventClient.open(api, api.call(path(id)).header("Last-Event-ID", heard))) {
                assertThat(elsewhere.rest()).extracting(Event::type).containsExactly("cancelled");
            }
        }
    }

    @Test
    void aClientThatDoesNotReadIsDroppedAndNoOtherNoticesIt() throws IOException {
        var id = requestedWithLargeFilters();
        var claim = worker.begin(id, 1_000L);
        try (var replica = Replica.of(api, "--baler.events.poll=20ms", "--server.tomcat.connection-timeout=2s");
                var idle = new Socket()) {
            idle.setReceiveBufferSize(4 << 10);
            idle.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), replica.port()));
            var call = "GET " + path(id) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ApiServer.TOKEN;
            idle.getOutputStream().write((call + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            await().until(() -> replica.streams().size() == 1);

            try (var events = follow(replica, id)) {
                assertThat(events.next().data().at("/progress/exported").intValue())
                        .isZero();
                // more than the buffers of the connection and what may wait together
                for (int count = 1; count <= 40; count++) {
                    api.jobs().renew(claim, count);
                    assertThat(events.next().data().at("/progress/exported").intValue())
                            .isEqualTo(count);
                }
                // the container gives the connection up that takes nothing
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> replica.streams().size() == 1);

                api.jobs().cancel(id);
                assertThat(events.rest()).extracting(Event::type).containsExactly("cancelled");
            }
        }
    }

    /** Hundreds of kilobytes in each event. */
    private String requestedWithLargeFilters() {
        var users = IntStream.range(0, 8_000)
                .mapToObj(n -> "\"%s-%d\"".formatted("x".repeat(80), n))
                .collect(Collectors.joining(","));
        return api.post(EXPORTS, "{\"filters\":{\"users\":[" + users + "]}}")
                .is(202)
                .body()
                .path("id")
                .stringValue();
    }

    private EventClient follow(Replica replica, String id) {
        return EventClient.open(api, replica.call(path(id)));
    }

    private static String path(String id) {
        return EXPORTS + "/" + id + "/events";
    }
}
