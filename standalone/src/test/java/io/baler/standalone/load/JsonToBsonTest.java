package io.baler.standalone.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;

class JsonToBsonTest {

    private static final String HEX = "6592a1b0c0ffee0000000000";

    private static BsonValue read(String json) {
        var bytes = ("{\"value\": " + json + "}").getBytes(StandardCharsets.UTF_8);
        try (var parser = RecordReader.JSON.createParser(ObjectReadContext.empty(), bytes)) {
            parser.nextToken();
            return RecordReader.document(parser).get("value", BsonNull.VALUE);
        }
    }

    @Test
    void wholeNumbersTakeTheSmallestTypeThatHoldsThem() {
        assertThat(read("1")).isEqualTo(new BsonInt32(1));
        assertThat(read("-2147483648")).isEqualTo(new BsonInt32(Integer.MIN_VALUE));
        assertThat(read("2147483648")).isEqualTo(new BsonInt64(2147483648L));
        assertThat(read("9223372036854775807")).isEqualTo(new BsonInt64(Long.MAX_VALUE));
    }

    @Test
    void numbersWithPointOrExponentAreDoubles() {
        assertThat(read("1.0")).isEqualTo(new BsonDouble(1));
        assertThat(read("-0.0")).isEqualTo(new BsonDouble(-0.0));
        assertThat(read("1e3")).isEqualTo(new BsonDouble(1000));
        assertThat(read("0.1")).isEqualTo(new BsonDouble(0.1));
    }

    @Test
    void aNumberThatWouldBeRoundedOrLostIsRefused() {
        assertThat(read("18446744073709551616")).isEqualTo(new BsonDouble(0x1p64));
        assertThatThrownBy(() -> read("18446744073709551615"))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("18446744073709551615");
        assertThatThrownBy(() -> read("1e400")).isInstanceOf(BadRecord.class);
    }

    @Test
    void orderNullsAndEmptyThingsStay() {
        var value = (BsonDocument) read("{\"z\": null, \"a\": {}, \"m\": [], \"\": \"\", \"日本\": \"😀\"}");

        assertThat(value.keySet()).containsExactly("z", "a", "m", "", "日本");
        assertThat(value.values())
                .containsExactly(
                        BsonNull.VALUE, new BsonDocument(), new BsonArray(), new BsonString(""), new BsonString("😀"));
    }

    @Test
    void canonicalExtendedJsonBecomesTheTypesItNames() {
        assertThat(read("{\"$oid\": \"" + HEX + "\"}")).isEqualTo(new BsonObjectId(new ObjectId(HEX)));
        assertThat(read("{\"$date\": {\"$numberLong\": \"-1\"}}")).isEqualTo(new BsonDateTime(-1));
        assertThat(read("{\"$numberInt\": \"7\"}")).isEqualTo(new BsonInt32(7));
        assertThat(read("{\"$numberLong\": \"7\"}")).isEqualTo(new BsonInt64(7));
        assertThat(read("{\"$numberDouble\": \"7\"}")).isEqualTo(new BsonDouble(7));
        assertThat(read("{\"$numberDouble\": \"NaN\"}")).isEqualTo(new BsonDouble(Double.NaN));
        assertThat(read("{\"$numberDecimal\": \"1.10\"}")).isEqualTo(new BsonDecimal128(Decimal128.parse("1.10")));
        assertThat(read("{\"$binary\": {\"base64\": \"AQI=\", \"subType\": \"80\"}}"))
                .isEqualTo(new BsonBinary((byte) 0x80, new byte[] {1, 2}));
        assertThat(read("{\"$timestamp\": {\"t\": 4294967295, \"i\": 2}}")).isEqualTo(new BsonTimestamp(-1, 2));
        assertThat(read("{\"$regularExpression\": {\"pattern\": \"^a\", \"options\": \"i\"}}"))
                .isEqualTo(new BsonRegularExpression("^a", "i"));
        assertThat(read("{\"$code\": \"f()\", \"$scope\": {\"n\": {\"$numberLong\": \"1\"}}}"))
                .isEqualTo(new BsonJavaScriptWithScope("f()", new BsonDocument("n", new BsonInt64(1))));
        assertThat(read("{\"$symbol\": \"s\"}")).isEqualTo(new BsonSymbol("s"));
        assertThat(read("{\"$minKey\": 1}")).isEqualTo(new BsonMinKey());
        assertThat(read("{\"$maxKey\": 1}")).isEqualTo(new BsonMaxKey());
        assertThat(read("{\"$undefined\": true}")).isEqualTo(new BsonUndefined());
    }

    @Test
    void relaxedAndOlderExtendedJsonBecomesTheSame() {
        assertThat(read("{\"$date\": \"2023-01-01T10:00:00.5Z\"}")).isEqualTo(new BsonDateTime(1672567200500L));
        assertThat(read("{\"$date\": 1672567200500}")).isEqualTo(new BsonDateTime(1672567200500L));
        assertThat(read("{\"$binary\": \"AQI=\", \"$type\": \"00\"}")).isEqualTo(new BsonBinary(new byte[] {1, 2}));
        assertThat(read("{\"$regex\": \"^a\", \"$options\": \"\"}")).isEqualTo(new BsonRegularExpression("^a"));
    }

    @Test
    void objectsThatOnlyLookSimilarStayObjects() {
        var reference = (BsonDocument) read("{\"$ref\": \"users\", \"$id\": 1}");

        assertThat(reference.keySet()).containsExactly("$ref", "$id");
        assertThat(((BsonDocument) read("{\"a\": 1, \"$oid\": \"x\"}")).keySet())
                .containsExactly("a", "$oid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$oid\": \"123\"}",
                "{\"$oid\": 5}",
                "{\"$date\": \"yesterday\"}",
                "{\"$date\": null}",
                "{\"$numberLong\": \"many\"}",
                "{\"$binary\": {\"base64\": \"AQI=\"}}",
                "{\"$oid\": \"6592a1b0c0ffee0000000000\", \"more\": 1}",
            })
    void extendedJsonThatIsNoneIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(BadRecord.class);
    }

    @Test
    void aKeyThatOccursTwiceIsRefused() {
        assertThatThrownBy(() -> read("{\"a\": 1, \"a\": 2}"))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("\"a\" occurs twice");
    }

    @Test
    void halfACharacterIsRefused() {
        assertThat(read("\"\\ud83d\\ude00\"")).isEqualTo(new BsonString("😀"));
        assertThatThrownBy(() -> read("\"\\ud83d\"")).isInstanceOf(BadRecord.class);
        assertThatThrownBy(() -> read("\"\\ude00\\ud83d\"")).isInstanceOf(BadRecord.class);
        assertThatThrownBy(() -> read("{\"\\ude00\": 1}")).isInstanceOf(JacksonException.class);
    }
}
