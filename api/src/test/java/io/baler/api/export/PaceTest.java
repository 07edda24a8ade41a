package io.baler.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.job.JobStatus;
import io.baler.job.JobSummary;
import io.baler.job.Lease;
import io.baler.job.LogFilters;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final Instant NOW = Instant.parse("2023-01-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
            # taken, expected, exported, pause
              0,        ,        0,        1
              9,        ,        0,        1
              50,       ,        7,        5
              3600,     ,        7,       30
              200,   1000,       0,       20
              200,   1000,      10,       20
            # 22 s are left
              200,   1000,     900,       20
            # 2 s are left
              200,   1000,     990,        2
              200,   1000,    1000,        1
              200,   1000,    1001,        1
              200,      0,       0,       20
            # clocks differ
              -60,   1000,     500,        1
            """)
    void theLongerItTakesTheLongerThePauseButNeverPastTheEnd(int taken, Long expected, long exported, int pause) {
        var began = NOW.minusSeconds(taken);

        assertThat(Pace.of(exporting(began, expected, exported), NOW))
                .isBetween(Duration.ofSeconds(pause), Duration.ofSeconds(pause).plusMillis(999));
    }

    @Test
    void whatWaitsIsAskedForAsOftenAsItsWaitingWarrants() {
        var waiting = job(JobStatus.QUEUED, NOW.minusSeconds(40), null, null, null);

        assertThat(Pace.of(waiting, NOW)).isEqualTo(Duration.ofSeconds(4));
    }

    private static JobSummary exporting(Instant began, Long expected, long exported) {
        return job(JobStatus.EXPORTING, NOW.minusSeconds(100_000), began, expected, new Lease("w", NOW, exported));
    }

    private static JobSummary job(JobStatus status, Instant liveSince, Instant began, Long expected, Lease lease) {
        var nothing = new JobSummary.Durable(0);
        return new JobSummary(
                "id",
                "ann",
                LogFilters.NONE,
                ArchiveFormat.JSON,
                null,
                expected,
                status,
                lease,
                nothing,
                null,
                null,
                null,
                liveSince,
                liveSince,
                began,
                null);
    }
}
