package io.baler.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases that the predecessor's output was taken from, byte for byte. */
class ConformanceTest {

    private static final byte[] LINE_BREAK = {'\n'};

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isWrittenAsExpected(String name, RawBsonDocument input, String expected) {
        var out = new GrowableBytes(0);

        JsonEncoder.encode(input, out);

        assertThat(new String(out.array(), 0, out.length(), UTF_8)).isEqualTo(expected);
    }

    @Test
    void allCasesTogetherAreTheExpectedFile() throws IOException {
        var out = new GrowableBytes(16);

        for (RawBsonDocument input : documents()) {
            JsonEncoder.encode(input, out);
            out.write(LINE_BREAK, 0, 1);
        }

        assertThat(Arrays.copyOf(out.array(), out.length())).isEqualTo(resource("expected.ndjson"));
    }

    @Test
    void theSameCasesGivenAsExtendedJsonBecomeTheSame() throws IOException {
        var out = new GrowableBytes(16);

        for (String line : lines("input.ndjson")) {
            JsonEncoder.encode(RawBsonDocument.parse(line), out);
            out.write(LINE_BREAK, 0, 1);
        }

        assertThat(new String(out.array(), 0, out.length(), UTF_8).lines())
                .containsExactlyElementsOf(lines("expected.ndjson"));
    }

    static Stream<Arguments> cases() throws IOException {
        List<RawBsonDocument> inputs = documents();
        List<String> expected = lines("expected.ndjson");
        assertThat(inputs).hasSameSizeAs(expected).hasSizeGreaterThan(40);
        return IntStream.range(0, inputs.size())
                .mapToObj(
                        i -> Arguments.of(inputs.get(i).getString("case").getValue(), inputs.get(i), expected.get(i)));
    }

    private static List<RawBsonDocument> documents() throws IOException {
        byte[] bytes = resource("input.bson");
        ByteBuffer lengths = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<RawBsonDocument> documents = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += lengths.getInt(at)) {
            documents.add(new RawBsonDocument(bytes, at, lengths.getInt(at)));
        }
        return documents;
    }

    private static List<String> lines(String name) throws IOException {
        return List.of(new String(resource(name), UTF_8).split("\n"));
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = ConformanceTest.class.getResourceAsStream("/conformance/" + name)) {
            return in.readAllBytes();
        }
    }
}
