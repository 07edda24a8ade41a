package io.baler.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random documents are written as the reference implementation writes them. */
class DifferentialTest {

    private static final int DOCUMENTS = 100_000;

    @Test
    void theEncoderAndTheReferenceAgree() {
        var out = new GrowableBytes(0);
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            var document = new RandomDocuments(seed).next();

            out.clear();
            JsonEncoder.encode(RandomDocuments.raw(document), out);

            assertThat(new String(out.array(), 0, out.length(), UTF_8))
                    .as("document of seed %d", seed)
                    .isEqualTo(ReferenceEncoder.encode(document));
        }
    }
}
