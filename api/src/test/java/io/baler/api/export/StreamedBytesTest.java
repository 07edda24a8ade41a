package io.baler.api.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamedBytesTest {
    private final AtomicInteger released = new AtomicInteger();

    @Test
    void allThatWasPromisedEndsCleanly() throws IOException {
        assertThat(bytes(10, 10).readAllBytes()).hasSize(10);
        assertThat(bytes(10, 10).skip(3)).isEqualTo(3);
    }

    @Test
    void lessThanWasPromisedIsAFailure() {
        assertThatIOException().isThrownBy(() -> bytes(10, 11).readAllBytes()).withMessageContaining("1 bytes early");
        assertThatIOException().isThrownBy(() -> bytes(0, 1).read());
    }

    @Test
    void closingTwiceReleasesOnce() throws IOException {
        var bytes = bytes(1, 1);

        bytes.close();
        bytes.close();

        assertThat(released).hasValue(1);
    }

    private StreamedBytes bytes(int size, int promised) {
        return new StreamedBytes(new ByteArrayInputStream(new byte[size]), promised, released::incrementAndGet);
    }
}
