package io.baler.worker.encode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.worker.Effort;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {

    private static final int RANDOM_DOUBLES = Effort.of(10_000, 500_000);

    @ParameterizedTest
    @CsvSource({
        "5e-324, 4.9E-324",
        "1e-323, 9.9E-324",
        "5e-323, 4.9E-323",
        "7e-323, 6.9E-323",
        "1.5e-323, 1.5E-323",
        "2.2250738585072014e-308, 2.2250738585072014E-308",
        "1.7976931348623157e+308, 1.7976931348623157E308",
        "2e+23, 2E23",
        "1e+23, 1E23",
        "9.5e-7, 9.5E-7",
        "0.00001, 1E-5",
        "0.000001, 1E-6",
        "1e-7, 1E-7",
        "1.25, 1.25",
        "100, 1E2",
        "123456789.125, 1.23456789125E8",
        "9007199254740994, 9007199254740994.0",
        "999999999999999900000, 9.999999999999999E20",
        "1e+21, 1E21",
        "-1.5, -1.5",
        "-1e-7, -1E-7",
        "-0.0, -0.0",
        "0, 0.0"
    })
    void aDoubleIsWrittenAsJavaScriptPrintsIt(String expected, double value) {
        assertThat(written(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 10, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1})
    void anIntegerIsWrittenExactly(long value) {
        var out = new GrowableBytes(0);

        JsonNumber.write(value, out);

        assertThat(text(out)).isEqualTo(Long.toString(value));
    }

    @Test
    void everyPowerOfTwoAndOfTenIsAsShortAsCanBe() {
        for (int exponent = -1074; exponent < 1024; exponent++) {
            double value = Math.scalb(1.0, exponent);
            assertIsReference(Math.nextDown(value));
            assertIsReference(value);
            assertIsReference(Math.nextUp(value));
        }
        for (int exponent = -323; exponent <= 308; exponent++) {
            for (int digit = 1; digit < 10; digit++) {
                assertIsReference(Double.parseDouble(digit + "E" + exponent));
            }
        }
    }

    @Test
    void theSmallestDoublesAreAsShortAsCanBe() {
        for (long bits = 1; bits < 2_000; bits++) {
            assertIsReference(Double.longBitsToDouble(bits));
        }
    }

    @Test
    void randomDoublesAreAsShortAsCanBeAndReadBackTheSame() {
        var random = new Random(17);
        for (int i = 0; i < RANDOM_DOUBLES; i++) {
            assertIsReference(Double.longBitsToDouble(random.nextLong()));
            assertIsReference(random.nextInt(100_000_000) / Math.pow(10, random.nextInt(12)));
            assertIsReference((random.nextLong() >> 8) * 1024.0);
        }
    }

    private static void assertIsReference(double value) {
        if (Double.isFinite(value)) {
            String written = written(value);
            assertThat(written).isEqualTo(ReferenceEncoder.javaScript(value));
            assertThat(Double.parseDouble(written)).isEqualTo(value);
        }
    }

    private static String written(double value) {
        var out = new GrowableBytes(0);
        JsonNumber.write(value, out);
        return text(out);
    }

    private static String text(GrowableBytes out) {
        return new String(out.array(), 0, out.length(), US_ASCII);
    }
}
