package io.baler.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    private static final long SIZE = 1_000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-, 0, 1000",
        "bytes=0-0, 0, 1",
        "bytes=10-19, 10, 10",
        "bytes=010-019, 10, 10",
        "bytes=999-, 999, 1",
        "bytes=990-5000, 990, 10",
        "bytes=-1, 999, 1",
        "bytes=-1000, 0, 1000",
        "bytes=-99999999999999999999999, 0, 1000",
        "bytes=7-99999999999999999999999, 7, 993",
    })
    void aSingleRangeIsTakenAsFarAsItReaches(String header, long first, long count) {
        assertThat(ByteRange.of(header, SIZE)).isEqualTo(new ByteRange(first, count));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-1001", "bytes=99999999999999999999999-", "bytes=-0"})
    void whatReachesNothingIsNothing(String header) {
        assertThat(ByteRange.of(header, SIZE).isNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-4",
                "bytes=0-1,5-6",
                "items=0-1",
                "bytes=--1",
                "bytes=1",
                "bytes=+1-2",
                "bytes=1-2;x",
                "bytes=\u0661-"
            })
    void whatIsNoSingleRangeIsEverything(String header) {
        assertThat(ByteRange.of(header, SIZE)).isEqualTo(ByteRange.all(SIZE));
        assertThat(ByteRange.of(null, SIZE)).isEqualTo(ByteRange.all(SIZE));
    }

    @Test
    void itSaysWhatItIs() {
        assertThat(new ByteRange(10, 5).of(SIZE)).isEqualTo("bytes 10-14/1000");
        assertThat(new ByteRange(1_000, 0).of(SIZE)).isEqualTo("bytes */1000");
    }
}
