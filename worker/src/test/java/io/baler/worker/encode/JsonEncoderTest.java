package io.baler.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the conformance cases do not hold: broken data, and values at the edges of what BSON can say. */
class JsonEncoderTest {

    @Test
    void textThatIsNotUtf8KeepsItsBytesAsBinary() {
        // a: "x", 0xFF
        assertThat(encoded("02 6100 03000000 78FF00"))
                .isEqualTo("{\"a\":{\"$binary\":{\"base64\":\"eP8=\",\"subType\":\"00\"}}}");
    }

    @Test
    void anEncodedSurrogateIsNotUtf8() {
        assertThat(encoded("02 6100 04000000 EDA08000")).contains("\"$binary\"");
    }

    @Test
    void anOverlongEncodingIsNotUtf8() {
        assertThat(List.of("C080", "C1BF", "E09F80", "F08F8080", "F4908080", "F8888080"))
                .allSatisfy(sequence ->
                        assertThat(encoded("0B 6100 " + sequence + "00 00")).contains("{\"pattern\":{\"$binary\""));
    }

    @Test
    void aSequenceThatIsCutOffIsNotUtf8() {
        assertThat(encoded("02 6100 03000000 E69700")).contains("\"$binary\"");
    }

    @Test
    void codeAndSymbolsThatAreNotUtf8KeepTheirBytesToo() {
        assertThat(encoded("0D 6100 02000000 FF00"))
                .isEqualTo("{\"a\":{\"$code\":{\"$binary\":{\"base64\":\"/w==\",\"subType\":\"00\"}}}}");
        assertThat(encoded("0E 6100 02000000 FF00"))
                .isEqualTo("{\"a\":{\"$symbol\":{\"$binary\":{\"base64\":\"/w==\",\"subType\":\"00\"}}}}");
    }

    @Test
    void keysThatAreNotUtf8StayApart() {
        assertThat(encoded("08 61FF00 01 08 61FE00 00")).isEqualTo("{\"$binary:Yf8=\":true,\"$binary:Yf4=\":false}");
    }

    @Test
    void duplicateAndEmptyKeysStandAsTheyAre() {
        assertThat(encoded("10 6100 01000000 10 6100 02000000 0A 00")).isEqualTo("{\"a\":1,\"a\":2,\"\":null}");
    }

    @Test
    void anArrayIsWrittenInItsOrderWhateverItsKeysSay() {
        assertThat(encoded("04 6100 11000000 10 3500 01000000 08 00 01 0A 00 00"))
                .isEqualTo("{\"a\":[1,true,null]}");
    }

    @Test
    void whatNeedsALookIsFoundWhereverItStands() {
        for (int length = 1; length <= 26; length++) {
            for (int at = 0; at < length; at++) {
                for (String odd : List.of("\"", "\\", "\n", "\u001f", "\u007f", "é", "日本", "😀")) {
                    String text = "x".repeat(at) + odd + "y".repeat(length - at - 1);
                    var document = new BsonDocument("k", new BsonString(text));
                    var out = new GrowableBytes(0);

                    JsonEncoder.encode(RandomDocuments.raw(document), out);

                    assertThat(text(out)).isEqualTo(ReferenceEncoder.encode(document));
                }
            }
        }
    }

    @Test
    void aZeroWithinAStringIsEscaped() {
        assertThat(encoded("02 6100 04000000 78007900")).isEqualTo("{\"a\":\"x\\u0000y\"}");
    }

    @Test
    void theOptionsOfARegularExpressionAreInAlphabeticalOrder() {
        assertThat(encoded("0B 6100 7800 78696D00")).contains("\"options\":\"imx\"");
    }

    @Test
    void oldBinaryThatDoesNotRepeatItsLengthIsWrittenWhole() {
        assertThat(encoded("05 6100 04000000 02 05000000"))
                .isEqualTo("{\"a\":{\"$binary\":{\"base64\":\"BQAAAA==\",\"subType\":\"02\"}}}");
    }

    @Test
    void aUuidOfTheWrongLengthIsBinary() {
        assertThat(encoded("05 6100 01000000 04 07"))
                .isEqualTo("{\"a\":{\"$binary\":{\"base64\":\"Bw==\",\"subType\":\"04\"}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00.000Z",
        "-1, 1969-12-31T23:59:59.999Z",
        "951782400000, 2000-02-29T00:00:00.000Z",
        "4107542400000, 2100-03-01T00:00:00.000Z",
        "253402300799999, 9999-12-31T23:59:59.999Z",
        "253402300800000, +010000-01-01T00:00:00.000Z",
        "-62167219200000, 0000-01-01T00:00:00.000Z",
        "-62167219200001, -000001-12-31T23:59:59.999Z",
        "8640000000000000, +275760-09-13T00:00:00.000Z",
        "-8640000000000000, -271821-04-20T00:00:00.000Z",
        "-62135596800000, 0001-01-01T00:00:00.000Z",
        "-62135596800001, 0000-12-31T23:59:59.999Z",
        "-62162121600000, 0000-02-29T00:00:00.000Z",
        "1709164800000, 2024-02-29T00:00:00.000Z",
        "1735689599999, 2024-12-31T23:59:59.999Z",
        "1735689600000, 2025-01-01T00:00:00.000Z",
        "-2203891200001, 1900-02-28T23:59:59.999Z",
        "-2203891200000, 1900-03-01T00:00:00.000Z",
        "999, 1970-01-01T00:00:00.999Z"
    })
    void aDateIsWrittenAsJavaScriptPrintsIt(long millis, String expected) {
        assertThat(JsonEncoder.toJson(new BsonDateTime(millis))).isEqualTo('"' + expected + '"');
    }

    @Test
    void aSingleValueIsWrittenAsWithinARecord() {
        assertThat(JsonEncoder.toJson(new BsonObjectId(new ObjectId("6592a1b0c0ffee0000000000"))))
                .isEqualTo("\"6592a1b0c0ffee0000000000\"");
        assertThat(JsonEncoder.toJson(new BsonString("a\"b"))).isEqualTo("\"a\\\"b\"");
        assertThat(JsonEncoder.toJson(new BsonDouble(0.1))).isEqualTo("0.1");
        assertThat(JsonEncoder.toJson(new BsonDocument("at", new BsonInt64(5)))).isEqualTo("{\"at\":5}");
    }

    @Test
    void aRecordIsAppendedToWhatIsThere() {
        var out = new GrowableBytes(1);
        out.ascii("[\n");

        JsonEncoder.encode(RawBsonDocument.parse("{a: 1}"), out);

        assertThat(text(out)).isEqualTo("[\n{\"a\":1}");
    }

    @Test
    void aRecordInTheMiddleOfAnArrayIsReadFromThere() {
        var bytes = hex("FFFF 0C000000 10 6100 01000000 00 FFFF");
        var out = new GrowableBytes(0);

        JsonEncoder.encode(new RawBsonDocument(bytes, 2, 12), out);

        assertThat(text(out)).isEqualTo("{\"a\":1}");
    }

    @Test
    void aRecordIsAsDeepAsAServerAccepts() {
        assertThat(encoded(nested(RecordWriter.MAX_DEPTH - 1))).endsWith("}".repeat(RecordWriter.MAX_DEPTH));

        assertRefused(nested(RecordWriter.MAX_DEPTH), "nests deeper than 250 levels");
        assertRefused(nested(100_000), "nests deeper than 250 levels");
    }

    @Test
    void lengthsThatLieAreNamedWithTheirPlace() {
        assertRefused("02 6100 FFFFFF7F 7800", "a string's length is 2147483647");
        assertRefused("02 6100 00000000", "a string's length is 0");
        assertRefused("02 6100 FFFFFFFF", "a string's length is -1");
        assertRefused("02 6100 02000000 7878", "a string does not end where its length says, at byte 7");
        assertRefused("03 6100 FFFFFF7F 00", "a document's length is 2147483647");
        assertRefused("03 6100 04000000 00", "a document's length is 4");
        assertRefused("05 6100 FFFFFFFF 00", "a length is -1");
        assertRefused("0F 6100 FFFFFFFF 00", "a code's length is -1");
        assertRefused("0F 6100 10000000 01000000 00 05000000 00 0A00", "2 bytes are left over");
    }

    @Test
    void whatIsNoElementIsNamedWithItsPlace() {
        assertRefused("14 6100 00", "there is no type 20, at byte 7");
        assertRefused("08 6100 02", "a boolean is neither 0 nor 1");
        assertRefused("10 6100 0000", "a length is 4 where 2 bytes are left");
        assertRefused("10 6161", "a name has no end");
        assertRefused("00 00", "there is no type 0");
    }

    /** As the Extended JSON specification's own tests print them. */
    @ParameterizedTest
    @CsvSource({
        "0, 0000000000000000 0000000000004030",
        "-0, 0000000000000000 00000000000040B0",
        "NaN, 0000000000000000 000000000000007C",
        "NaN, 0000000000000000 00000000000000FC",
        "NaN, 0000000000000000 000000000000007E",
        "NaN, 1200000000000000 000000000000007E",
        "Infinity, 0000000000000000 0000000000000078",
        "-Infinity, 0000000000000000 00000000000000F8",
        "1E-6176, 0100000000000000 0000000000000000",
        "0E-6176, 0000000000000000 0000000000000000",
        "-0E+3, 0000000000000000 00000000000046B0",
        "0E+6111, 0000000000000000 000000000000FE5F",
        "9.999999999999999999999999999999999E+6144, FFFFFFFF638E8D37 C087ADBE09EDFF5F",
        "-1, 0100000000000000 00000000000040B0",
        "12345, 3930000000000000 0000000000004030",
        "0.001234, D204000000000000 0000000000003430",
        "1E+3, 0100000000000000 0000000000004630",
        "0.000001, 0100000000000000 0000000000003430",
        "1E-7, 0100000000000000 0000000000003230",
        "1.05E+3, 6900000000000000 0000000000004230",
        "105, 6900000000000000 0000000000004030",
        "1234567890123456789012345678901234, F2AF967ED05C82DE 3297FF6FDE3C4030",
        // a coefficient that has too many digits counts as zero
        "0, 0000000000000000 000000000000106C",
        "0E+259, FFFFFFFFFFFFFFFF FFFFFFFFFFFF916C"
    })
    void aDecimalIsWrittenAsTheSpecificationPrintsIt(String digits, String bits) {
        assertThat(encoded("13 6100 " + bits)).isEqualTo("{\"a\":{\"$numberDecimal\":\"" + digits + "\"}}");
    }

    @Test
    void aTimestampsHalvesHaveNoSign() {
        assertThat(encoded("11 6100 FFFFFFFF 00000080"))
                .isEqualTo("{\"a\":{\"$timestamp\":{\"t\":2147483648,\"i\":4294967295}}}");
    }

    @Test
    void anOldBinaryIsWrittenWithoutItsSecondLength() {
        assertThat(encoded("05 6100 06000000 02 02000000 FFFF"))
                .isEqualTo("{\"a\":{\"$binary\":{\"base64\":\"//8=\",\"subType\":\"02\"}}}");
        assertThat(encoded("05 6100 04000000 02 00000000"))
                .isEqualTo("{\"a\":{\"$binary\":{\"base64\":\"\",\"subType\":\"02\"}}}");
        assertThat(encoded("05 6100 00000000 02"))
                .isEqualTo("{\"a\":{\"$binary\":{\"base64\":\"\",\"subType\":\"02\"}}}");
    }

    @ParameterizedTest
    @CsvSource({"01", "03", "05", "06", "07", "08", "09", "80", "FF"})
    void aBinaryOfAnotherSubtypeNamesIt(String subtype) {
        assertThat(encoded("05 6100 01000000" + subtype + "07"))
                .isEqualTo("{\"a\":{\"$binary\":{\"base64\":\"Bw==\",\"subType\":\"" + subtype.toLowerCase(Locale.ROOT)
                        + "\"}}}");
    }

    @Test
    void keysWithADollarStandAsTheyAre() {
        assertThat(encoded("02 24646174652400 02000000 7800 10 246F696400 01000000 08 2400 01"))
                .isEqualTo("{\"$date$\":\"x\",\"$oid\":1,\"$\":true}");
    }

    @Test
    void whatJsonNeedNotEscapeIsNotEscaped() {
        // U+2028, U+2029, DEL, slash, U+0085, U+FEFF
        assertThat(encoded("02 6100 10000000 E280A8 E280A9 7F 2F C285 EFBBBF 3C3E 00"))
                .isEqualTo("{\"a\":\"\u2028\u2029\u007F/\u0085\uFEFF<>\"}");
    }

    @Test
    void aScopeIsWrittenLikeADocument() {
        // code "c" with the scope {s: {d: date 0, c: code "x"}}
        assertThat(encoded("0F 6100 2B000000 02000000 6300"
                        + " 21000000 03 7300 19000000 09 6400 0000000000000000 0D 6300 02000000 7800 00 00"))
                .isEqualTo("{\"a\":{\"$code\":\"c\",\"$scope\":"
                        + "{\"s\":{\"d\":\"1970-01-01T00:00:00.000Z\",\"c\":{\"$code\":\"x\"}}}}}");
    }

    @Test
    void aRegularExpressionsPatternIsTextLikeOther() {
        assertThat(encoded("0B 6100 2F22 5C 0A C3A9 00 00"))
                .isEqualTo("{\"a\":{\"$regularExpression\":{\"pattern\":\"/\\\"\\\\\\né\",\"options\":\"\"}}}");
    }

    @Test
    void surrogatesThatAreEncodedOneByOneAreNotUtf8() {
        // U+1F600 as CESU-8
        assertThat(encoded("02 6100 07000000 EDA0BD EDB880 00"))
                .isEqualTo("{\"a\":{\"$binary\":{\"base64\":\"7aC97biA\",\"subType\":\"00\"}}}");
    }

    @Test
    void itIsToldWhetherAllOfItIsText() {
        assertThat(isExact("02 6100 02000000 7800 05 6200 01000000 00 FF")).isTrue();
        assertThat(isExact("")).isTrue();
        assertThat(List.of(
                        "02 6100 02000000 FF00",
                        "08 FF00 01",
                        "03 6100 0D000000 02 6200 01000000 00 00 0E 6200 02000000 FF00",
                        "04 6100 0E000000 02 3000 02000000 FF00 00",
                        "0B 6100 FF00 00",
                        "0B 6100 00 FF00",
                        "0C 6100 02000000 FF00 000000000000000000000000",
                        "0D 6100 02000000 FF00",
                        "0F 6100 18000000 02000000 7800 0E000000 02 6100 02000000 FF00 00"))
                .allSatisfy(elements -> assertThat(isExact(elements)).isFalse());
    }

    @Test
    void theNamesOfAnArraysElementsAreNotWrittenSoTheyNeedNotBeText() {
        assertThat(isExact("04 6100 09000000 08 FF00 01 00")).isTrue();
    }

    @Test
    void aMalformedRecordIsWrittenWithItsIdAndAllItsBytes() {
        var out = new GrowableBytes(0);
        out.ascii("[");
        byte[] around = {9, 9, 6, 0, 0, 0, 0x20, 0, 9};

        JsonEncoder.encodeMalformed(new BsonInt64(5), new RawBsonDocument(around, 2, 6), out);

        assertThat(text(out)).isEqualTo("[{\"_id\":5,\"$bson\":\"BgAAACAA\"}");
    }

    @Test
    void textIsAppendedAsWithinARecord() {
        var out = new GrowableBytes(0);

        JsonEncoder.appendText("a\"\u001f日", out);

        assertThat(text(out)).isEqualTo("\"a\\\"\\u001f日\"");
    }

    @Test
    void aRefusalNeverShowsWhatTheRecordHolds() {
        assertThatExceptionOfType(MalformedRecord.class)
                .isThrownBy(() -> encoded("02 736563726574 00 FF000000 7365637265740000"))
                .withMessageNotContaining("secret");
    }

    private static void assertRefused(String elements, String message) {
        assertThatExceptionOfType(MalformedRecord.class)
                .isThrownBy(() -> encoded(elements))
                .withMessageContaining(message);
    }

    private static String nested(int levels) {
        StringBuilder hex = new StringBuilder();
        for (int level = levels; level > 0; level--) {
            int length = 5 + (level - 1) * 7;
            hex.append("0300").append(HexFormat.of().toHexDigits(Integer.reverseBytes(length)));
        }
        return hex + "00".repeat(levels);
    }

    private static String encoded(String elements) {
        byte[] body = hex(elements);
        byte[] bson = hex(HexFormat.of().toHexDigits(Integer.reverseBytes(body.length + 5)) + elements + "00");
        var out = new GrowableBytes(0);
        JsonEncoder.encode(bson, 0, bson.length, out);
        return text(out);
    }

    private static boolean isExact(String elements) {
        byte[] body = hex(elements);
        byte[] bson = hex(HexFormat.of().toHexDigits(Integer.reverseBytes(body.length + 5)) + elements + "00");
        return JsonEncoder.encode(bson, 0, bson.length, new GrowableBytes(0));
    }

    private static byte[] hex(String spaced) {
        return HexFormat.of().parseHex(spaced.replace(" ", ""));
    }

    private static String text(GrowableBytes out) {
        return new String(out.array(), 0, out.length(), UTF_8);
    }
}
