package io.baler.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.List;
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
        "-8640000000000000, -271821-04-20T00:00:00.000Z"
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

    private static byte[] hex(String spaced) {
        return HexFormat.of().parseHex(spaced.replace(" ", ""));
    }

    private static String text(GrowableBytes out) {
        return new String(out.array(), 0, out.length(), UTF_8);
    }
}
