package io.baler.worker.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadPaceTest {
    private final AtomicLong now = new AtomicLong(1);

    @Test
    void whatHasBeenReadIsPaidForBeforeMoreIs() {
        var pace = new ReadPace(1_000, now::get);
        assertThat(pace.left()).isNotPositive();

        pace.took(250);
        assertThat(pace.left()).isEqualTo(Duration.ofMillis(250).toNanos());
        // by another export
        pace.took(500);
        assertThat(pace.left()).isEqualTo(Duration.ofMillis(750).toNanos());
    }

    @Test
    void aWhileWithoutReadingIsNotSavedUp() {
        var pace = new ReadPace(1_000, now::get);
        now.addAndGet(Duration.ofHours(1).toNanos());

        pace.took(1_000);

        assertThat(pace.left()).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aSlowPaceReadsLittleAtOnce() {
        assertThat(new ReadPace(1_000, now::get).batch(5_000)).isEqualTo(250);
        assertThat(new ReadPace(1, now::get).batch(5_000)).isEqualTo(1);
        assertThat(new ReadPace(1_000_000, now::get).batch(5_000)).isEqualTo(5_000);
    }

    @Test
    void withoutALimitNothingEverWaits() {
        var pace = new ReadPace(null, now::get);

        pace.took(Integer.MAX_VALUE);

        assertThat(pace.left()).isNotPositive();
        assertThat(pace.batch(5_000)).isEqualTo(5_000);
    }
}
