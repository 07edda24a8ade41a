package io.baler.worker.encode;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** The rule again, written to be read: a decoded document to a tree of nodes, which Jackson prints. */
final class ReferenceEncoder {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                    .build())
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long LAST_DATE = 8_640_000_000_000_000L;

    private ReferenceEncoder() {}

    static String encode(BsonDocument document) {
        return MAPPER.writeValueAsString(node(document));
    }

    private static JsonNode node(BsonValue value) {
        return switch (value.getBsonType()) {
            case DOCUMENT -> object(value.asDocument());
            case ARRAY -> array(value.asArray());
            case STRING -> NODES.stringNode(value.asString().getValue());
            case OBJECT_ID -> hex(value.asObjectId().getValue());
            case BOOLEAN -> NODES.booleanNode(value.asBoolean().getValue());
            case NULL -> NODES.nullNode();
            case INT32 -> NODES.numberNode(value.asInt32().getValue());
            case INT64 -> NODES.numberNode(value.asInt64().getValue());
            case DOUBLE -> number(value.asDouble().getValue());
            case DATE_TIME -> date(value.asDateTime().getValue());
            case BINARY -> binary(value.asBinary());
            case UNDEFINED -> wrap("$undefined", NODES.booleanNode(true));
            case MIN_KEY -> wrap("$minKey", NODES.numberNode(1));
            case MAX_KEY -> wrap("$maxKey", NODES.numberNode(1));
            case JAVASCRIPT ->
                wrap("$code", NODES.stringNode(value.asJavaScript().getCode()));
            case SYMBOL -> wrap("$symbol", NODES.stringNode(value.asSymbol().getSymbol()));
            case DECIMAL128 ->
                wrap(
                        "$numberDecimal",
                        NODES.stringNode(value.asDecimal128().getValue().toString()));
            case JAVASCRIPT_WITH_SCOPE -> {
                var code = value.asJavaScriptWithScope();
                yield NODES.objectNode().put("$code", code.getCode()).set("$scope", object(code.getScope()));
            }
            case REGULAR_EXPRESSION -> {
                var regex = value.asRegularExpression();
                yield wrap(
                        "$regularExpression",
                        NODES.objectNode().put("pattern", regex.getPattern()).put("options", regex.getOptions()));
            }
            case TIMESTAMP -> {
                var time = value.asTimestamp();
                yield wrap(
                        "$timestamp",
                        NODES.objectNode()
                                .put("t", Integer.toUnsignedLong(time.getTime()))
                                .put("i", Integer.toUnsignedLong(time.getInc())));
            }
            case DB_POINTER -> {
                var pointer = value.asDBPointer();
                yield wrap(
                        "$dbPointer",
                        NODES.objectNode().put("$ref", pointer.getNamespace()).set("$id", hex(pointer.getId())));
            }
            case END_OF_DOCUMENT -> throw new AssertionError(value);
        };
    }

    private static ObjectNode object(BsonDocument document) {
        ObjectNode object = NODES.objectNode();
        document.forEach((key, value) -> object.set(key, node(value)));
        return object;
    }

    private static ArrayNode array(BsonArray values) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }

    private static JsonNode wrap(String key, JsonNode value) {
        return NODES.objectNode().set(key, value);
    }

    private static JsonNode hex(ObjectId id) {
        return NODES.stringNode(id.toHexString());
    }

    private static JsonNode binary(BsonBinary binary) {
        String base64 = Base64.getEncoder().encodeToString(binary.getData());
        if (binary.getType() == BsonBinarySubType.BINARY.getValue()) {
            return NODES.stringNode(base64);
        }
        if (binary.getType() == BsonBinarySubType.UUID_STANDARD.getValue() && binary.getData().length == 16) {
            return NODES.stringNode(binary.asUuid().toString());
        }
        String subType = HexFormat.of().toHexDigits(binary.getType());
        return wrap("$binary", NODES.objectNode().put("base64", base64).put("subType", subType));
    }

    private static JsonNode date(long millis) {
        if (Math.abs((double) millis) > LAST_DATE) {
            return wrap("$date", wrap("$numberLong", NODES.stringNode(Long.toString(millis))));
        }
        var date = Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
        String year = date.getYear() >= 0 && date.getYear() <= 9999
                ? "%04d".formatted(date.getYear())
                : "%+07d".formatted(date.getYear());
        return NODES.stringNode("%s-%02d-%02dT%02d:%02d:%02d.%03dZ"
                .formatted(
                        year,
                        date.getMonthValue(),
                        date.getDayOfMonth(),
                        date.getHour(),
                        date.getMinute(),
                        date.getSecond(),
                        date.getNano() / 1_000_000));
    }

    private static JsonNode number(double value) {
        return Double.isFinite(value)
                ? NODES.rawValueNode(new RawValue(javaScript(value)))
                : wrap("$numberDouble", NODES.stringNode(Double.toString(value)));
    }

    /** Number::toString of ECMA-262, but for the sign of zero. */
    static String javaScript(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0";
        }
        if (value < 0) {
            return "-" + javaScript(-value);
        }
        BigDecimal shortest = shortest(value).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - shortest.scale() - 1;
        if (exponent >= -6 && exponent < 21) {
            return shortest.toPlainString();
        }
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return mantissa + "e" + (exponent > 0 ? "+" : "") + exponent;
    }

    /** Of the decimals with the fewest digits that are read as this double, the one closest to it. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; ; digits++) {
            var down = exact.round(new MathContext(digits, RoundingMode.DOWN));
            var up = exact.round(new MathContext(digits, RoundingMode.UP));
            var nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            var other = nearest.equals(up) ? down : up;
            var found = Stream.of(nearest, other)
                    .filter(candidate -> Double.parseDouble(candidate.toString()) == value)
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
    }
}
