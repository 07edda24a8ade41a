package io.baler.worker.encode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class GrowableBytesTest {

    @Test
    void growsFromNothingAndKeepsWhatItHolds() {
        var bytes = new GrowableBytes(0);

        for (int i = 0; i < 1_000; i++) {
            bytes.write('a' + i % 26);
            bytes.ascii("-");
        }

        assertThat(bytes.length()).isEqualTo(2_000);
        assertThat(new String(bytes.array(), 0, 6, US_ASCII)).isEqualTo("a-b-c-");
    }

    @Test
    void clearingKeepsTheMemory() {
        var bytes = new GrowableBytes(0);
        bytes.write(new byte[100], 0, 100);
        byte[] before = bytes.array();

        bytes.clear();
        bytes.write(new byte[100], 0, 100);

        assertThat(bytes.array()).isSameAs(before);
    }

    @Test
    void saysSoWhenNoArrayIsLargeEnough() {
        var bytes = new GrowableBytes(0);
        bytes.write(new byte[16], 0, 16);

        assertThatIllegalStateException()
                .isThrownBy(() -> bytes.ensureRoom(Integer.MAX_VALUE))
                .withMessageContaining("cannot hold");
    }
}
