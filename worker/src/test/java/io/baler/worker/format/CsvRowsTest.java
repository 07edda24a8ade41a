package io.baler.worker.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.JsonEncoder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonBinary;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CsvRowsTest {

    private static final String OTHER = CsvColumns.OTHER;

    @Test
    void everyFieldIsQuotedAndEveryRowEndsAsRfc4180Says() {
        assertThat(text(List.of("_id", "a", "b"), "{_id: 1, a: 'x\"y', b: null}"))
                .isEqualTo("\"_id\",\"a\",\"b\"\r\n\"1\",\"x\"\"y\",\"\"\r\n");
    }

    @Test
    void everyFileBeginsWithTheSameHeader() {
        var rows = new CsvRows(List.of("_id", "a.b", OTHER));

        for (int file = 0; file < 3; file++) {
            var out = new GrowableBytes(0);
            rows.begin(out);
            rows.append(RawBsonDocument.parse("{_id: 1, c: {d: 2}}"), true, out);
            assertThat(text(out))
                    .isEqualTo("\"_id\",\"a.b\",\"_other\"\r\n\"1\",\"\",\"{\"\"c\"\":{\"\"d\"\":2}}\"\r\n");
        }
    }

    @Test
    void fieldsOfSubDocumentsHaveTheirPathsColumns() {
        assertThat(row(List.of("_id", "a.b.c", "a.d"), "{_id: 1, a: {b: {c: 'x'}, d: true}}"))
                .containsExactly("1", "x", "true");
    }

    @Test
    void whatHasNoColumnIsKeptAsJson() {
        assertThat(row(List.of("_id", "a.b", OTHER), "{_id: 1, a: {b: 2, c: '3'}, d: [1], e: {f: null}, '': -0.0}"))
                .containsExactly("1", "2", "{\"a.c\":\"3\",\"d\":[1],\"e\":{\"f\":null},\"\":-0.0}");
    }

    @Test
    void withoutAColumnForItTheRestIsLeftOut() {
        assertThat(row(List.of("_id", "a"), "{_id: 1, a: 2, b: 3}")).containsExactly("1", "2");
    }

    @Test
    void nullAndMissingAreEmpty() {
        assertThat(row(List.of("_id", "a", "b", OTHER), "{_id: 1, a: null}")).containsExactly("1", "", "", "");
    }

    @Test
    void arraysEmptyDocumentsAndExtendedJsonAreJson() {
        assertThat(row(
                        List.of("_id", "a", "b", "c", "d"),
                        "{_id: 1, a: [1, {b: '='}], b: {}, c: {$timestamp: {t: 1, i: 2}}, d: []}"))
                .containsExactly("1", "[1,{\"b\":\"=\"}]", "{}", "{\"$timestamp\":{\"t\":1,\"i\":2}}", "[]");
    }

    @Test
    void aColumnOfAWholeSubDocumentShowsItsJson() {
        assertThat(row(List.of("_id", "a"), "{_id: 1, a: {b: {c: 2}, d: 'x'}}"))
                .containsExactly("1", "{\"b\":{\"c\":2},\"d\":\"x\"}");
    }

    @Test
    void aFieldThatIsNotAlwaysADocumentHasColumnsForBoth() {
        var columns = List.of("_id", "a", "a.b", OTHER);

        assertThat(row(columns, "{_id: 1, a: 5}")).containsExactly("1", "5", "", "");
        assertThat(row(columns, "{_id: 1, a: {b: 6, c: 7}}")).containsExactly("1", "", "6", "{\"a.c\":7}");
        assertThat(row(List.of("_id", "a.b", OTHER), "{_id: 1, a: 5}")).containsExactly("1", "", "{\"a\":5}");
    }

    @Test
    void anIdThatIsADocumentIsWholeInItsColumn() {
        var records = List.of(RawBsonDocument.parse("{_id: {a: 1, b: 2}, '_id.a': 3}"));

        var columns = CsvColumns.of(records);

        assertThat(columns).containsExactly("_id", "_id.a", OTHER);
        assertThat(rows(columns, records).get(1).getFields()).containsExactly("{\"a\":1,\"b\":2}", "3", "");
    }

    @Test
    void ofTwoFieldsWithOnePathTheFirstHasTheColumnAndTheOtherIsKept() {
        var columns = List.of("_id", "a.b", OTHER);

        assertThat(row(columns, "{_id: 1, a: {b: null}, 'a.b': 3}")).containsExactly("1", "", "{\"a.b\":3}");
        assertThat(row(columns, "{_id: 1, 'a.b': 3, a: {b: 4}}")).containsExactly("1", "3", "{\"a.b\":4}");
        // a: 1, a: 2 cannot be told to the parser, but a server keeps it
        var twice = new RawBsonDocument(new byte[] {19, 0, 0, 0, 16, 'a', 0, 1, 0, 0, 0, 16, 'a', 0, 2, 0, 0, 0, 0});
        assertThat(rows(List.of("_id", "a", OTHER), List.of(twice)).get(1).getFields())
                .containsExactly("", "1", "{\"a\":2}");
    }

    @Test
    void aFieldCalledOtherIsAmongTheOthers() {
        assertThat(row(List.of("_id", OTHER), "{_id: 1, _other: 'x'}")).containsExactly("1", "{\"_other\":\"x\"}");
        assertThat(row(List.of(OTHER, "_id"), "{_id: 1, a: {b: 1}}")).containsExactly("{\"a\":{\"b\":1}}", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "=",
                "＝1+1",
                "＋1",
                "－1",
                "＠SUM(A1)",
                "-0",
                "=cmd|'/c calc'!A1",
                "+g=="
            })
    void textThatASpreadsheetWouldRunGetsAnApostrophe(String text) {
        var record = raw(new BsonDocument("_id", new BsonString(text)).append(text, new BsonString(text)));

        var rows = rows(List.of("_id", text), List.of(record));

        assertThat(rows.get(0).getField(1)).isEqualTo("'" + text);
        assertThat(rows.get(1).getFields()).containsExactly("'" + text, "'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1", "'=1", " =1", "\"=1\"", "0", "{=1}", "\u0000=", "−1", "Ａ"})
    void otherTextStaysAsItIs(String text) {
        var record = raw(new BsonDocument("_id", new BsonInt32(1)).append("a", new BsonString(text)));

        assertThat(rows(List.of("_id", "a"), List.of(record)).get(1).getField(1))
                .isEqualTo(text);
    }

    @Test
    void base64ThatBeginsLikeAFormulaIsTextToo() {
        var record = raw(new BsonDocument("_id", new BsonBinary(new byte[] {(byte) 0xF8})));

        assertThat(rows(List.of("_id"), List.of(record)).get(1).getField(0)).isEqualTo("'+A==");
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                        new Object[] {new BsonInt32(-5), "-5"},
                        new Object[] {new BsonInt64(Long.MIN_VALUE), "-9223372036854775808"},
                        new Object[] {new BsonDouble(-1e-7), "-1e-7"},
                        new Object[] {new BsonDouble(-0.0), "-0.0"},
                        new Object[] {new BsonDouble(1e21), "1e+21"},
                        new Object[] {new BsonDouble(Double.NaN), "NaN"},
                        new Object[] {new BsonDouble(Double.NEGATIVE_INFINITY), "-Infinity"},
                        new Object[] {decimal("-1.50"), "-1.50"},
                        new Object[] {decimal("1E+6144"), "1.000000000000000000000000000000000E+6144"},
                        new Object[] {decimal("-0E-10"), "-0E-10"},
                        new Object[] {decimal("NaN"), "NaN"},
                        new Object[] {decimal("Infinity"), "Infinity"})
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberIsItsDigits(BsonValue number, String digits) {
        var record = raw(new BsonDocument("_id", number).append("a", number));

        assertThat(rows(List.of("_id", "a"), List.of(record)).get(1).getFields())
                .containsExactly(digits, digits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$numberDecimal\":\"=1+1\"}",
                "{\"$numberDecimal\":\"-1\",\"x\":\"@\"}",
                "{\"$numberDouble\":\"+1\"}",
                "{\"$numberDouble\":\"-2+3+cmd|' /C calc'!A0\"}",
                "{\"$numberDecimal\":\"1\\n\"}",
                "{\"$numberDecimal\":-1}"
            })
    void aDocumentThatOnlyLooksLikeANumberStaysJson(String json) {
        var lookalike = new BsonDocument();
        JsonMapper.shared()
                .readTree(json)
                .properties()
                .forEach(field -> lookalike.append(
                        field.getKey(),
                        field.getValue().isString()
                                ? new BsonString(field.getValue().stringValue())
                                : new BsonInt32(field.getValue().intValue())));
        var record = raw(new BsonDocument("_id", new BsonInt32(1)).append("a", lookalike));

        assertThat(rows(List.of("_id", "a"), List.of(record)).get(1).getField(1))
                .isEqualTo(json)
                .startsWith("{");
    }

    @Test
    void aReferenceIsOneValue() {
        var id = new BsonObjectId(new ObjectId("6592a1b0c0ffee0000000000"));
        var reference = new BsonDocument("$ref", new BsonString("users")).append("$id", id);
        var records = List.of(raw(new BsonDocument("_id", id).append("by", reference)));

        var columns = CsvColumns.of(records);

        assertThat(columns).containsExactly("_id", "by", OTHER);
        assertThat(rows(columns, records).get(1).getField(1))
                .isEqualTo("{\"$ref\":\"users\",\"$id\":\"6592a1b0c0ffee0000000000\"}");
    }

    @Test
    void oddNamesAreNamesLikeOthers() {
        var names = List.of("\"", "a\nb", "\u0001", "日本", "😀", "\\", "a,b", "", "x..y", ".", "$binary", "'", "_id ");
        var record = new BsonDocument("_id", new BsonInt32(0));
        names.forEach(name -> record.append(name, new BsonInt32(names.indexOf(name) + 1)));
        var records = List.of(raw(record));

        var columns = CsvColumns.of(records);
        var rows = rows(columns, records);

        assertThat(columns.subList(1, columns.size() - 1)).isEqualTo(names);
        assertThat(rows.get(0).getFields()).isEqualTo(columns);
        assertThat(rows.get(1).getFields().subList(0, names.size() + 1))
                .isEqualTo(IntStream.rangeClosed(0, names.size())
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(JsonMapper.shared()
                        .readTree(rows(List.of("_id", OTHER), records).get(1).getField(1))
                        .propertyNames())
                .containsExactlyElementsOf(names);
    }

    @Test
    void whatIsNotUtf8IsJsonInItsCell() {
        // a: 0xFF, and a key of 0xFF that is true
        var record = new RawBsonDocument(
                new byte[] {18, 0, 0, 0, 2, 'a', 0, 2, 0, 0, 0, (byte) 0xFF, 0, 8, (byte) 0xFF, 0, 1, 0});
        var columns = CsvColumns.of(List.of(record));

        assertThat(columns).containsExactly("_id", "a", "$binary:/w==", OTHER);
        assertThat(rows(columns, List.of(record)).get(1).getFields())
                .containsExactly("", "{\"$binary\":{\"base64\":\"/w==\",\"subType\":\"00\"}}", "true", "");
    }

    @Test
    void aRecordThatIsNoBsonKeepsItsBytes() {
        var rows = new CsvRows(List.of("_id", "a", OTHER));
        var file = new GrowableBytes(0);
        rows.begin(file);

        rows.appendMalformed(new BsonString("=1"), new RawBsonDocument(new byte[] {1, 2, 3, 4, 5, 6}), true, file);

        assertThat(csv(file).get(1).getFields()).containsExactly("'=1", "", "{\"$bson\":\"AQIDBAUG\"}");
    }

    @Test
    void deepDocumentsAndHugeValuesAreCellsLikeOthers() {
        var deep = new BsonDocument("x", new BsonInt32(1));
        for (int level = 2; level < 249; level++) {
            deep = new BsonDocument("x", deep);
        }
        var huge = "\u0001é😀=".repeat(300_000);
        var record = raw(new BsonDocument("_id", new BsonInt32(1))
                .append("deep", deep)
                .append("huge", new BsonString(huge))
                .append("bytes", new BsonBinary(new byte[12_000_000]))
                .append("last", new BsonInt32(7)));
        var path = "deep" + ".x".repeat(248);

        var cells = rows(List.of("_id", path, "huge", "bytes", "last"), List.of(record))
                .get(1)
                .getFields();
        // beyond what FastCSV reads
        var other = text(file(List.of("_id", OTHER), List.of(record)));

        assertThat(cells).hasSize(5).contains("1", "7", huge);
        assertThat(cells.get(3)).hasSize(16_000_000);
        assertThat(other).contains("\r\n\"1\",\"{\"\"deep\"\":{").endsWith("\"\",\"\"last\"\":7}\"\r\n");
    }

    @Test
    void aRowIsTheSameWhateverCameBeforeIt() {
        var rows = new CsvRows(List.of("_id", "a", OTHER));
        var records = Stream.of("{_id: 1, a: 'é', b: 2}", "{_id: 2}", "{_id: 3, c: '" + "x".repeat(3_000_000) + "'}")
                .map(RawBsonDocument::parse)
                .toList();

        for (var before : records) {
            for (var record : records) {
                var alone = new GrowableBytes(0);
                new CsvRows(List.of("_id", "a", OTHER)).append(record, true, alone);
                var behind = new GrowableBytes(0);
                rows.append(before, true, behind);
                behind.clear();
                rows.append(record, false, behind);
                assertThat(text(behind)).isEqualTo(text(alone));
            }
        }
    }

    @Test
    void manyNamesAreNoTrouble() {
        var record = new BsonDocument("_id", new BsonInt32(1));
        var byUser = new BsonDocument();
        IntStream.range(0, 50_000).forEach(i -> byUser.append("user-" + i, new BsonInt32(i)));
        record.append("byUser", byUser);

        var row = rows(List.of("_id", "byUser.user-49999", OTHER), List.of(raw(record)))
                .get(1);

        assertThat(row.getField(1)).isEqualTo("49999");
        assertThat(JsonMapper.shared().readTree(row.getField(2)).size()).isEqualTo(49_999);
    }

    @Test
    void theRuleIsNamedWithTheJsonThatItIsMadeOf() {
        assertThat(new CsvRows(List.of("_id")).encoder()).isEqualTo("csv-1/" + JsonEncoder.VERSION);
    }

    private static BsonDecimal128 decimal(String digits) {
        return new BsonDecimal128(Decimal128.parse(digits));
    }

    private static List<String> row(List<String> columns, String json) {
        return rows(columns, List.of(RawBsonDocument.parse(json))).get(1).getFields();
    }

    private static String text(List<String> columns, String json) {
        return text(file(columns, List.of(RawBsonDocument.parse(json))));
    }

    private static List<CsvRecord> rows(List<String> columns, List<RawBsonDocument> records) {
        return csv(file(columns, records));
    }

    private static GrowableBytes file(List<String> columns, List<RawBsonDocument> records) {
        var rows = new CsvRows(columns);
        var file = new GrowableBytes(0);
        rows.begin(file);
        records.forEach(record -> rows.append(record, false, file));
        rows.end(file);
        return file;
    }

    private static List<CsvRecord> csv(GrowableBytes file) {
        return CsvReader.builder().maxBufferSize(1 << 28).ofCsvRecord(text(file)).stream()
                .toList();
    }

    private static String text(GrowableBytes bytes) {
        return new String(bytes.array(), 0, bytes.length(), UTF_8);
    }

    private static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }
}
