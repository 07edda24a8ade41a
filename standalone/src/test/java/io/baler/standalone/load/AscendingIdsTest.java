package io.baler.standalone.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AscendingIdsTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    @Test
    void ascendsThroughTheWholeCounterAndBeyond() {
        var ids = new AscendingIds(Clock.fixed(NOW, ZoneOffset.UTC));
        var last = ids.next().getValue();
        var first = last;

        for (var i = 0; i < (1 << 24) + 10; i++) {
            var next = ids.next().getValue();
            if (next.compareTo(last) <= 0) {
                assertThat(next).as("after %d ids", i).isGreaterThan(last);
            }
            last = next;
        }

        assertThat(first.getDate()).isEqualTo(NOW);
        assertThat(last.getDate()).isEqualTo(NOW.plusSeconds(1));
    }
}
