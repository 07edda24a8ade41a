package io.baler.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyRunExportsEverythingAndIsMeasured() throws Exception {
        var options = new BenchOptions(
                25_000, "ndjson", null, "activities", null, "bench", null, 2, 2, null, List.of("-Xmx160m"), Map.of());

        try (var bench = new Bench(options, progress -> {})) {
            var report = bench.run();

            assertThat(report.runs()).hasSize(2).allSatisfy(run -> {
                assertThat(run.records()).isEqualTo(50_000);
                assertThat(run.archiveBytes()).isPositive();
                assertThat(run.wallSeconds()).isGreaterThan(run.exportSeconds());
                assertThat(run.cpuSeconds()).isPositive();
                assertThat(run.peakRssBytes()).isGreaterThan(50 << 20);
            });
            assertThat(report.asText()).contains("50,000 records as ndjson, 2 at once", "peak RSS");
            assertThat(report.asJson()).contains("\"CPU, s per million records\"");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherProgramIsMeasuredOnTheSameServers() throws Exception {
        var command = "test -n \"$BALER_BENCH_SOURCE\" && i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done;"
                + " echo records=1000; echo archiveBytes=500";
        var options = new BenchOptions(
                1_000, "json", null, "activities", null, "bench", null, 1, 1, command, List.of(), Map.of());

        try (var bench = new Bench(options, progress -> {})) {
            var report = bench.run();

            assertThat(report.runs()).singleElement().satisfies(run -> {
                assertThat(run.records()).isEqualTo(1_000);
                assertThat(run.archiveBytes()).isEqualTo(500);
                assertThat(run.cpuSeconds()).isPositive();
                assertThat(run.peakRssBytes()).isPositive();
            });
            assertThat(report.asText()).contains("1,000 records; 1 runs of").doesNotContain("CPU deflating");
        }
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @CsvSource(delimiter = '|', textBlock = """
            exit 3                                    | ended with 3
            echo records=1000                         | has not printed archiveBytes=N
            echo records=900; echo archiveBytes=500   | 900 of 1000 records
            """)
    void aProgramThatFailsEndsTheBenchmark(String command, String words) throws Exception {
        var options = new BenchOptions(
                1_000, "json", null, "activities", null, "bench", null, 1, 1, command, List.of(), Map.of());

        try (var bench = new Bench(options, progress -> {})) {
            assertThatIOException().isThrownBy(bench::run).withMessageContaining(words);
        }
    }

    @Test
    void theMiddleOfAnEvenNumberIsBetweenTheTwo() {
        assertThat(Figure.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Figure(3, 1, 9));
        assertThat(Figure.of(List.of(5.0))).isEqualTo(new Figure(5, 5, 5));
    }
}
