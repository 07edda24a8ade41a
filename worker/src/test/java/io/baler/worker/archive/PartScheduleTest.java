package io.baler.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartScheduleTest {
    private static final PartSchedule FROM_8_MIB = PartSchedule.startingAt(8 << 20);

    @ParameterizedTest
    @CsvSource({"1, 8", "2000, 8", "2001, 16", "4000, 16", "4001, 32", "6000, 32", "6001, 64", "10000, 64"})
    void partsGrowWithTheirNumber(int n, int mib) {
        assertThat(FROM_8_MIB.bytesOf(n)).isEqualTo(mib << 20);
    }

    @Test
    void allPartsTogetherHold359Gib() {
        long all =
                IntStream.rangeClosed(1, 10_000).mapToLong(FROM_8_MIB::bytesOf).sum();

        assertThat(all >> 30).isEqualTo(359);
    }

    @Test
    void thereIsNoPartBeyondTheLast() {
        assertThatExceptionOfType(ArchiveTooLarge.class)
                .isThrownBy(() -> FROM_8_MIB.bytesOf(10_001))
                .withMessageContaining("more than the 10000 parts");
    }

    @Test
    void aScheduleAscends() {
        var step = new PartSchedule.Step(5, 100);

        assertThatIllegalArgumentException().isThrownBy(() -> new PartSchedule(List.of(step, step)));
        assertThatIllegalArgumentException().isThrownBy(() -> new PartSchedule(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new PartSchedule.Step(10_001, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new PartSchedule.Step(1, 0));
    }
}
