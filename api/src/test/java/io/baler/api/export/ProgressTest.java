package io.baler.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.api.export.ExportView.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

    @ParameterizedTest
    @CsvSource({
        "0, 3, 0.0",
        "1, 3, 33.3",
        "2, 3, 66.6",
        "999999, 1000000, 99.9",
        "3, 3, 99.9",
        "4, 3, 99.9",
        "9000000000000000000, 9000000000000000000, 99.9"
    })
    void aRunningExportHasOneDecimalRoundedDownAndNever100(long exported, long expected, double percent) {
        assertThat(Progress.percent(false, exported, expected)).isEqualTo(percent);
    }

    @Test
    void aRunningExportHasNoneOfNothingOrOfWhatIsNotKnown() {
        assertThat(Progress.percent(false, 5, null)).isNull();
        assertThat(Progress.percent(false, 0, 0L)).isNull();
    }

    @Test
    void aCompletedExportHas100WhateverWasExpected() {
        assertThat(Progress.percent(true, 0, 0L)).isEqualTo(100);
        assertThat(Progress.percent(true, 2, 3L)).isEqualTo(100);
        assertThat(Progress.percent(true, 2, null)).isEqualTo(100);
    }
}
