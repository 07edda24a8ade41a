package io.baler.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.baler.worker.Effort;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the bytes are, they become valid JSON or are refused in the one way that is documented. */
class FuzzTest {

    private static final int INPUTS = Effort.of(50_000, 1_000_000);
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .build();

    private static final String EVERY_TYPE = """
            {"a": [1.5, "é\\n", {"k": null}, {"$binary": {"base64": "AQ==", "subType": "02"}}, {"$undefined": true},
             {"$oid": "6592a1b0c0ffee0000000001"}, true, {"$date": 0}, {"$dbPointer": {"$ref": "d", "$id": {"$oid":
             "6592a1b0c0ffee0000000001"}}}, {"$regularExpression": {"pattern": "r", "options": "i"}}, {"$code": "c"},
             {"$symbol": "s"}, {"$code": "c", "$scope": {"x": 1}}, {"$timestamp": {"t": 1, "i": 2}},
             {"$numberLong": "3"}, {"$numberDecimal": "1.0"}, {"$minKey": 1}, {"$maxKey": 1}]}
            """;

    private final GrowableBytes out = new GrowableBytes(0);
    private int encoded;
    private int refused;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void mutatedRecordsAreRefusedOrBecomeValidJson() {
        for (int seed = 0; seed < INPUTS; seed++) {
            var random = new Random(seed);
            byte[] bytes = bson(RandomDocuments.raw(new RandomDocuments(seed / 20).next()));
            encodeOrRefuse(mutated(bytes, random), seed);
        }

        assertThat(encoded).as("inputs that stayed readable").isGreaterThan(INPUTS / 20);
        assertThat(refused).as("inputs that did not").isGreaterThan(INPUTS / 20);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void everyPrefixAndEverySingleByteOfARecordIsRefusedOrBecomesValidJson() {
        byte[] bytes = bson(RawBsonDocument.parse(EVERY_TYPE));
        for (int length = 0; length < bytes.length; length++) {
            encodeOrRefuse(Arrays.copyOf(bytes, length), length);
        }
        for (int at = 0; at < bytes.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] mutated = bytes.clone();
                mutated[at] = (byte) value;
                encodeOrRefuse(mutated, at);
            }
        }
    }

    private void encodeOrRefuse(byte[] bytes, int seed) {
        out.clear();
        out.write('?');
        try {
            JsonEncoder.encode(bytes, 0, bytes.length, out);
        } catch (MalformedRecord expected) {
            refused++;
            if (out.length() != 1 || expected.offset() < 0 || expected.offset() > bytes.length) {
                fail("bytes left behind, or no such offset, for seed " + seed, expected);
            }
            return;
        }
        encoded++;
        requireValid(Arrays.copyOfRange(out.array(), 1, out.length()), seed);
    }

    private static void requireValid(byte[] json, int seed) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
            if (text.indexOf('\n') >= 0 || !STRICT.readTree(text).isObject()) {
                fail("not one line with one object for seed " + seed);
            }
        } catch (CharacterCodingException | JacksonException e) {
            fail("invalid JSON for seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bson(RawBsonDocument raw) {
        return Arrays.copyOf(raw.getBackingArray(), raw.getByteLength());
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = new byte[] {0, -1, 1, 0x7F, (byte) 0x80, 3, 4}[random.nextInt(7)];
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(10));
                default -> copyWithin(bytes, random);
            }
        }
        return random.nextInt(4) == 0 ? withTrueLength(bytes) : bytes;
    }

    private static void copyWithin(byte[] bytes, Random random) {
        int count = random.nextInt(Math.min(16, bytes.length) + 1);
        int from = random.nextInt(bytes.length - count + 1);
        int to = random.nextInt(bytes.length - count + 1);
        System.arraycopy(bytes, from, bytes, to, count);
    }

    // Otherwise hardly any input of another length would get past the first four bytes.
    private static byte[] withTrueLength(byte[] bytes) {
        if (bytes.length >= 5) {
            for (int i = 0; i < 4; i++) {
                bytes[i] = (byte) (bytes.length >> (8 * i));
            }
            bytes[bytes.length - 1] = 0;
        }
        return bytes;
    }
}
