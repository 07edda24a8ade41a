package io.baler.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;

/** What a stream does with a connection that takes nothing, less than there is, or breaks. */
class EventStreamTest {
    private final Connection connection = new Connection();
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final EventStream stream = new EventStream(new MockAsyncContext(request, null), connection, null);

    EventStreamTest() {
        request.setAsyncStarted(true);
    }

    @Test
    void nothingIsWrittenBeforeTheContainerSaysSo() {
        connection.takes = Integer.MAX_VALUE;

        stream.send(bytes("early "));
        assertThat(connection.written()).isEmpty();

        stream.onWritePossible();
        stream.send(bytes("late"));
        assertThat(connection.written()).isEqualTo("early late");
    }

    @Test
    void asManyEventsWaitAsMayAndComeInOrder() {
        stream.onWritePossible();
        var events = IntStream.range(0, EventStream.MOST_WAITING)
                .mapToObj(n -> "event " + n + "\n")
                .toList();
        events.forEach(event -> stream.send(bytes(event)));
        stream.end();

        connection.takes = Integer.MAX_VALUE;
        stream.onWritePossible();

        assertThat(connection.written()).isEqualTo(events.stream().collect(Collectors.joining()));
        assertThat(stream.isClosed()).isTrue();
        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void oneEventMoreDropsTheClientAndWhatWaitedForIt() {
        stream.onWritePossible();
        IntStream.rangeClosed(0, EventStream.MOST_WAITING).forEach(n -> stream.send(bytes("event")));
        stream.send(bytes("another"));
        assertThat(request.isAsyncStarted()).isTrue();

        connection.takes = Integer.MAX_VALUE;
        stream.onWritePossible();

        assertThat(connection.written()).isEmpty();
        assertThat(stream.isClosed()).isTrue();
        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void aLargeEventIsGivenToTheConnectionInSlicesAsItTakesThem() {
        var large = "x".repeat(100_000);
        stream.onWritePossible();
        stream.send(bytes(large));

        while (connection.written().length() < large.length()) {
            var before = connection.written().length();
            connection.takes = 1;
            stream.onWritePossible();
            assertThat(connection.written().length() - before).isBetween(1, 8 << 10);
        }

        assertThat(connection.written()).isEqualTo(large);
    }

    @Test
    void aHeartbeatIsSentInSilenceOnlyAndNeverWaits() {
        stream.onWritePossible();
        stream.send(bytes("event"));
        stream.keepAlive(bytes(":"), Duration.ZERO);
        connection.takes = Integer.MAX_VALUE;
        stream.onWritePossible();

        stream.keepAlive(bytes(":"), Duration.ofHours(1));
        assertThat(connection.written()).isEqualTo("event");
        stream.keepAlive(bytes(":"), Duration.ZERO);

        assertThat(connection.written()).isEqualTo("event:");
    }

    @Test
    void aConnectionThatBreaksEndsTheStreamAndIsLeftToTheContainer() {
        connection.takes = Integer.MAX_VALUE;
        connection.broken = true;
        stream.onWritePossible();

        stream.send(bytes("event"));
        stream.send(bytes("another"));

        assertThat(stream.isClosed()).isTrue();
        assertThat(request.isAsyncStarted()).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Connection extends ServletOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int takes;
        private boolean broken;

        String written() {
            return bytes.toString(StandardCharsets.US_ASCII);
        }

        @Override
        public boolean isReady() {
            return takes > 0;
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            assertThat(takes--).isPositive();
            if (broken) {
                throw new IOException("broken");
            }
            bytes.write(from, offset, length);
        }

        @Override
        public void write(int one) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    }
}
