package io.baler.worker.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baler.worker.encode.GrowableBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeflateLibraryTest {

    @Test
    void eachIsFoundByTheNameThatJobsRecord() {
        assertThat(DeflateLibrary.values())
                .allSatisfy(library -> assertThat(DeflateLibrary.recordedAs(library.recordedName()))
                        .contains(library));
        assertThat(DeflateLibrary.recordedAs("zstd-jni")).isEmpty();
    }

    @Test
    void whatStandsInForAMissingLibraryKeepsItsNameAndMakesWhatTheJdkMakes() {
        var standIn = new Deflate("libdeflate", 5);

        assertThat(standIn.name()).isEqualTo("libdeflate");
        assertThat(deflated(standIn, text(300_000))).isEqualTo(deflated(new Deflate(5), text(300_000)));
    }

    @Test
    void libdeflateMakesTheSameBytesFromManyThreadsAtOnce() throws Exception {
        assumeTrue(DeflateLibrary.LIBDEFLATE.isHere());
        var library = DeflateLibrary.LIBDEFLATE.at(5);
        var files = IntStream.range(0, 40)
                .map(i -> 1 + i * 25_000)
                .mapToObj(DeflateLibraryTest::text)
                .toList();
        var alone = files.stream().map(file -> deflated(library, file)).toList();

        var threads = Executors.newFixedThreadPool(4);
        try {
            var together = threads.invokeAll(files.stream()
                    .<Callable<byte[]>>map(file -> () -> deflated(library, file))
                    .toList());

            for (int i = 0; i < files.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void atItsDefaultLibdeflateIsNoLargerThanTheJdkAtIts() {
        assumeTrue(DeflateLibrary.LIBDEFLATE.isHere());
        var file = text(4_000_000);

        assertThat(deflated(DeflateLibrary.LIBDEFLATE.at(DeflateLibrary.LIBDEFLATE.defaultLevel()), file).length)
                .isLessThanOrEqualTo(deflated(DeflateLibrary.JDK.at(DeflateLibrary.JDK.defaultLevel()), file).length);
    }

    @Test
    void anArchiveThatWasGivenUpIsNotDeflated() {
        assumeTrue(DeflateLibrary.LIBDEFLATE.isHere());

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(
                        () -> DeflateLibrary.LIBDEFLATE.at(5).append(text(1_000), new GrowableBytes(0), () -> true));
    }

    @Test
    void whatIsNotTheOriginalIsNoticed() {
        var original = text(200_000);
        byte[] right = deflated(new Deflate(6), original);

        assertThat(Inflated.isSame(right, original)).isTrue();
        assertThat(Inflated.isSame(right, text(200_001))).isFalse();
        assertThat(Inflated.isSame(right, text(199_999))).isFalse();
        assertThat(Inflated.isSame(Arrays.copyOf(right, right.length - 1), original))
                .isFalse();
        assertThat(Inflated.isSame(Arrays.copyOf(right, right.length + 1), original))
                .isFalse();
        for (int at : List.of(0, right.length / 3, right.length / 2)) {
            byte[] flipped = right.clone();
            flipped[at] ^= 4;
            assertThat(Inflated.isSame(flipped, original)).as("byte %d", at).isFalse();
        }
    }

    private static byte[] deflated(RawDeflate library, GrowableBytes raw) {
        var into = new GrowableBytes(0);
        library.append(raw, into, () -> false);
        return Arrays.copyOf(into.array(), into.length());
    }

    private static GrowableBytes text(int length) {
        var random = new Random(17);
        var text = new GrowableBytes(length + 100);
        while (text.length() < length) {
            text.ascii(
                    "{\"action\":\"PAGE_VIEW\",\"user\":" + random.nextInt(500) + ",\"n\":" + random.nextInt() + "}\n");
        }
        text.truncate(length);
        return text;
    }
}
