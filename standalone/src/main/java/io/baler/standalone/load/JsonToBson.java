package io.baler.standalone.load;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads JSON values as BSON without changing them: whole numbers as int32 or int64, others as double, key order
 * kept, extended JSON as the type it names. What BSON cannot hold exactly is refused, never rounded or repaired.
 */
final class JsonToBson {

    private JsonToBson() {}

    /** Reads the value that begins at the parser's current token, and leaves the parser at its last one. */
    static BsonValue read(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new BsonString(wellFormed(parser.getString()));
            case VALUE_NUMBER_INT -> wholeNumber(parser);
            case VALUE_NUMBER_FLOAT -> number(parser.getString());
            case VALUE_TRUE -> BsonBoolean.TRUE;
            case VALUE_FALSE -> BsonBoolean.FALSE;
            case VALUE_NULL -> BsonNull.VALUE;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    private static BsonValue object(JsonParser parser) {
        var document = new BsonDocument();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = wellFormed(parser.currentName());
            parser.nextToken();
            if (document.put(key, read(parser)) != null) {
                throw new BadRecord("the key \"" + key + "\" occurs twice in one object");
            }
        }
        return ExtendedJson.resolve(document);
    }

    private static BsonArray array(JsonParser parser) {
        var array = new BsonArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(parser));
        }
        return array;
    }

    private static BsonValue wholeNumber(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> new BsonInt32(parser.getIntValue());
            case LONG -> new BsonInt64(parser.getLongValue());
            default -> beyondInt64(parser.getBigIntegerValue());
        };
    }

    private static BsonDouble beyondInt64(BigInteger number) {
        var rounded = number.doubleValue();
        if (Double.isInfinite(rounded)
                || !new BigDecimal(rounded).toBigInteger().equals(number)) {
            throw new BadRecord("no BSON number holds " + number + " exactly; as {\"$numberDecimal\": \"" + number
                    + "\"} or as a string it can be kept");
        }
        return new BsonDouble(rounded);
    }

    private static BsonDouble number(String text) {
        var number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new BadRecord("the number " + text + " is too large");
        }
        return new BsonDouble(number);
    }

    /** JSON's escapes can write half a character, which UTF-8 and therefore BSON cannot. */
    private static String wellFormed(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                    throw new BadRecord("a string holds half a character (an unpaired surrogate)");
                }
                i++;
            }
        }
        return text;
    }
}
