package io.baler.standalone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.standalone.terminal.RecordedTerminal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {

    private final RecordedTerminal recorded = new RecordedTerminal();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);

    private LineProgress progress(Unit unit) {
        return new LineProgress(recorded.terminal(), "exporting", unit, clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void saysNothingAboutWhatIsDoneWithinASecond() {
        var progress = progress(Unit.RECORDS);

        progress.at(0, 10, "queued");
        pass(Duration.ofMillis(900));
        progress.at(10, 10, "completed");

        assertThat(recorded.err()).isEmpty();
    }

    @Test
    void printsALineASecondAtMostAndNoneTwice() {
        var progress = progress(Unit.RECORDS);

        for (var tenths = 0; tenths < 35; tenths++) {
            progress.at(tenths < 20 ? 1_000 : 12_345, 50_000, "exporting");
            pass(Duration.ofMillis(100));
        }

        assertThat(recorded.errLines())
                .containsExactly(
                        "exporting: 1,000 of 50,000 records (2 %), exporting",
                        "exporting: 12,345 of 50,000 records (24 %), exporting");
    }

    @Test
    void printsRarerTheLongerItTakes() {
        var progress = progress(Unit.RECORDS);

        for (var seconds = 0; seconds < 3_600; seconds++) {
            progress.at(seconds, Progress.UNKNOWN, "");
            pass(Duration.ofSeconds(1));
        }

        assertThat(recorded.errLines()).hasSizeBetween(50, 150).contains("exporting: 1 records");
    }

    @Test
    void countsBytesInUnitsThatFitTheTotal() {
        var small = progress(Unit.bytes(2_000_000));
        var large = progress(Unit.bytes(2_000_000_000));
        pass(Duration.ofSeconds(2));

        small.at(1_000_000, 2_000_000, "");
        large.at(1_000_000_000, 2_000_000_000, "");

        assertThat(recorded.errLines())
                .containsExactly("exporting: 1,000 of 2,000 kB (50 %)", "exporting: 1,000 of 2,000 MB (50 %)");
    }
}
