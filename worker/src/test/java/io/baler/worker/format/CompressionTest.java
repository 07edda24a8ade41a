package io.baler.worker.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import io.baler.worker.encode.GrowableBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompressionTest {

    static Stream<Compression> atEveryLevel() {
        return Stream.of(
                        IntStream.rangeClosed(1, 9).mapToObj(Deflate::new),
                        // itself where the system has it, and what stands in for it where not
                        IntStream.rangeClosed(1, 9).mapToObj(DeflateLibrary.LIBDEFLATE::at),
                        IntStream.rangeClosed(1, 9).mapToObj(level -> new GzipMember(new Deflate(level))),
                        IntStream.rangeClosed(1, ZstdFrame.HIGHEST_LEVEL).mapToObj(ZstdFrame::new))
                .flatMap(levels -> levels);
    }

    static Stream<Compression> atOneLevel() {
        return Stream.of(
                new Deflate(6), DeflateLibrary.LIBDEFLATE.at(5), new GzipMember(new Deflate(6)), new ZstdFrame(3));
    }

    static Stream<Compression> thoseThatTakeAFileBitByBit() {
        return Stream.of(new Deflate(6), new GzipMember(new Deflate(6)), new ZstdFrame(3));
    }

    @ParameterizedTest
    @MethodSource("atEveryLevel")
    void whatComesOutIsWhatWentIn(Compression compression) throws IOException {
        var into = new GrowableBytes(0);
        // around what is compressed in one go, and what compresses to more than that
        for (int length : List.of(0, 1, 5_000, (128 << 10) - 1, 128 << 10, (128 << 10) + 1, 400_000)) {
            for (byte[] raw : List.of(text(length), noise(length))) {
                compress(compression, raw, into);

                assertThat(decompressed(compression, bytes(into))).isEqualTo(raw);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("atOneLevel")
    void theSameBytesGiveTheSameWhateverTheBufferHeld(Compression compression) {
        var fresh = new GrowableBytes(0);
        var used = new GrowableBytes(0);
        byte[] raw = text(700_000);
        compress(compression, raw, fresh);

        compress(compression, noise(900_000), used);
        compress(compression, raw, used);

        assertThat(bytes(used)).isEqualTo(bytes(fresh));
    }

    @ParameterizedTest
    @MethodSource("atOneLevel")
    void aHigherLevelIsNotLarger(Compression compression) {
        var fast = new GrowableBytes(0);
        var small = new GrowableBytes(0);
        byte[] raw = text(1_000_000);

        compress(compression instanceof ZstdFrame ? new ZstdFrame(1) : new Deflate(1), raw, fast);
        compress(compression instanceof ZstdFrame ? new ZstdFrame(19) : new Deflate(9), raw, small);

        assertThat(small.length()).isLessThan(fast.length());
    }

    @ParameterizedTest
    @MethodSource("thoseThatTakeAFileBitByBit")
    void givingUpIsNoticedWithinTheFile(Compression compression) {
        var raw = of(noise(4_000_000));
        var looks = new AtomicInteger();

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> compression.compress(
                        raw, crc32(bytes(raw)), new GrowableBytes(0), () -> looks.incrementAndGet() == 5));
        assertThat(looks).hasValue(5);
    }

    @Test
    void aGzipMemberHasNeitherANameNorATime() {
        var into = new GrowableBytes(0);
        compress(new GzipMember(new Deflate(6)), text(10_000), into);

        assertThat(Arrays.copyOf(into.array(), 10)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
    }

    @Test
    void membersAndFramesFollowedByEmptyOnesAreReadAsOne() throws IOException {
        for (var compression : List.of(new GzipMember(new Deflate(6)), new ZstdFrame(3))) {
            byte[] empty = compression instanceof GzipMember ? GzipMember.EMPTY : ZstdFrame.EMPTY;
            var joined = new ByteArrayOutputStream();
            var into = new GrowableBytes(0);
            for (String file : List.of("one\n", "two\n")) {
                compress(compression, file.getBytes(UTF_8), into);
                joined.write(into.array(), 0, into.length());
            }
            joined.write(empty);

            assertThat(new String(decompressed(compression, joined.toByteArray()), UTF_8))
                    .isEqualTo("one\ntwo\n");
            assertThat(decompressed(compression, empty)).isEmpty();
        }
        assertThat(Zstd.getFrameContentSize(ZstdFrame.EMPTY)).isZero();
    }

    @Test
    void aZstdFrameSaysHowLargeItsContentIs() {
        var into = new GrowableBytes(0);
        for (int length : List.of(1, 255, 256, 70_000, 1_000_000)) {
            compress(new ZstdFrame(3), text(length), into);

            assertThat(Zstd.getFrameContentSize(bytes(into))).isEqualTo(length);
        }
    }

    @Test
    void aByteThatFlipsInAZstdFrameIsNoticed() {
        var into = new GrowableBytes(0);
        byte[] raw = noise(2_000);
        compress(new ZstdFrame(3), raw, into);
        byte[] frame = bytes(into);

        assertThat(frame[4] & 4).as("the header's checksum flag").isEqualTo(4);
        for (int at = 5; at < frame.length; at++) {
            byte[] flipped = frame.clone();
            flipped[at] ^= 1;
            assertThatExceptionOfType(ZstdException.class)
                    .as("byte %d", at)
                    .isThrownBy(() -> Zstd.decompress(flipped, raw.length));
        }
    }

    private static void compress(Compression compression, byte[] raw, GrowableBytes into) {
        compression.compress(of(raw), crc32(raw), into, () -> false);
    }

    private static byte[] decompressed(Compression compression, byte[] bytes) throws IOException {
        try (var in = reader(compression, new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static InputStream reader(Compression compression, InputStream in) throws IOException {
        if (compression instanceof GzipMember) {
            return new GZIPInputStream(in);
        }
        return compression instanceof ZstdFrame
                ? new ZstdInputStream(in)
                : new InflaterInputStream(in, new Inflater(true));
    }

    private static long crc32(byte[] raw) {
        var crc = new CRC32();
        crc.update(raw);
        return crc.getValue();
    }

    // longer than its content, as buffers are that go round
    private static GrowableBytes of(byte[] raw) {
        var bytes = new GrowableBytes(raw.length + 100);
        bytes.write(raw, 0, raw.length);
        return bytes;
    }

    private static byte[] bytes(GrowableBytes bytes) {
        return Arrays.copyOf(bytes.array(), bytes.length());
    }

    private static byte[] text(int length) {
        var random = new Random(length);
        var text = new StringBuilder(length + 100);
        while (text.length() < length) {
            text.append("{\"action\":\"PAGE_VIEW\",\"n\":")
                    .append(random.nextInt(1_000_000))
                    .append("}\n");
        }
        return text.substring(0, length).getBytes(UTF_8);
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }
}
