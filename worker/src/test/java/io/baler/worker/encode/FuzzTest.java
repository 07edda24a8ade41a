package io.baler.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.baler.job.ArchiveFormat;
import io.baler.worker.Effort;
import io.baler.worker.format.CsvColumns;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.format.Format;
import io.baler.worker.format.RecordLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever the bytes are, they become valid JSON and a valid row of CSV, or are refused in the one way that is
 * documented, and can then be written in the form that keeps them.
 */
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

    private static final List<String> COLUMNS = List.of("_id", "field1", "field2.field3", "a", CsvColumns.OTHER);
    private static final BsonInt32 ID = new BsonInt32(7);
    private static final int SMALLEST = 5;

    private final RecordLayout csv = csv();
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
            keepMalformed(bytes, seed);
            return;
        }
        encoded++;
        requireValid(Arrays.copyOfRange(out.array(), 1, out.length()), seed);
        requireRow(row -> csv.append(new RawBsonDocument(bytes), true, row), seed);
    }

    private void keepMalformed(byte[] bytes, int seed) {
        if (bytes.length < SMALLEST) {
            return; // the driver never gives us that
        }
        var record = new RawBsonDocument(bytes);
        out.clear();
        JsonEncoder.encodeMalformed(ID, record, out);
        requireValid(Arrays.copyOf(out.array(), out.length()), seed);
        assertThatExceptionOfType(MalformedRecord.class)
                .isThrownBy(() -> csv.append(record, true, new GrowableBytes(0)));
        requireRow(row -> csv.appendMalformed(ID, record, true, row), seed);
    }

    private static void requireRow(Consumer<GrowableBytes> writer, int seed) {
        var row = new GrowableBytes(0);
        writer.accept(row);
        try {
            String text = strict(Arrays.copyOf(row.array(), row.length()));
            var records = CsvReader.builder().ofCsvRecord(text).stream().toList();
            if (records.size() != 1 || records.get(0).getFieldCount() != COLUMNS.size() || !text.endsWith("\"\r\n")) {
                fail("not one row for seed " + seed);
            }
            String other = records.get(0).getField(COLUMNS.indexOf(CsvColumns.OTHER));
            if (!other.isEmpty() && !STRICT.readTree(other).isObject()) {
                fail("no object of what has no column for seed " + seed);
            }
        } catch (CharacterCodingException | JacksonException | CsvParseException e) {
            fail("invalid CSV for seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static void requireValid(byte[] json, int seed) {
        try {
            String text = strict(json);
            if (text.indexOf('\n') >= 0 || !STRICT.readTree(text).isObject()) {
                fail("not one line with one object for seed " + seed);
            }
        } catch (CharacterCodingException | JacksonException e) {
            fail("invalid JSON for seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static String strict(byte[] utf8) throws CharacterCodingException {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    private static RecordLayout csv() {
        var limits = new Format.Limits(1, 1, 1);
        return Format.of(ArchiveFormat.CSV, Format.engine(ArchiveFormat.CSV, DeflateLibrary.JDK, 1, COLUMNS, limits))
                .layout();
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
