package io.baler.worker.encode;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
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
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Documents of every BSON type, nested, with the values that encoders get wrong; the same ones for the same seed. */
final class RandomDocuments {

    private static final List<Long> EDGES =
            List.of(0L, 1L, -1L, 9L, 10L, 99L, 100L, (1L << 53) + 1, -(1L << 53) - 1, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<Long> DATES = List.of(
            0L,
            -1L,
            951_782_400_000L,
            253_402_300_800_000L,
            -62_167_219_200_001L,
            8_640_000_000_000_000L,
            -8_640_000_000_000_001L);
    private static final List<Double> DOUBLES =
            List.of(0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 2e23, 1e21, 1e-7, 9.5e20);

    private final Random random;
    private final List<Supplier<BsonValue>> kinds = List.of(
            () -> new BsonDouble(aDouble()),
            () -> new BsonString(text()),
            () -> new BsonBinary(subtype(), bytes(new int[] {0, 1, 2, 3, 15, 16, 17, 40}[number(8)])),
            BsonUndefined::new,
            () -> new BsonObjectId(new ObjectId(bytes(12))),
            () -> new BsonBoolean(random().nextBoolean()),
            () -> new BsonDateTime(aDate()),
            () -> BsonNull.VALUE,
            () -> new BsonRegularExpression(text().replace("\0", ""), "xmi".substring(number(4))),
            () -> new BsonDbPointer(text(), new ObjectId(bytes(12))),
            () -> new BsonJavaScript(text()),
            () -> new BsonSymbol(text()),
            () -> new BsonJavaScriptWithScope(text(), new BsonDocument(name(), new BsonString(text()))),
            () -> new BsonInt32((int) aLong()),
            () -> new BsonTimestamp(aLong()),
            () -> new BsonInt64(aLong()),
            () -> new BsonDecimal128(aDecimal()),
            BsonMinKey::new,
            BsonMaxKey::new);

    RandomDocuments(long seed) {
        random = new Random(seed);
    }

    BsonDocument next() {
        return document(0);
    }

    static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    private Random random() {
        return random;
    }

    private int number(int bound) {
        return random.nextInt(bound);
    }

    private BsonDocument document(int depth) {
        BsonDocument document = new BsonDocument();
        for (int i = number(8); i > 0; i--) {
            document.append(name(), value(depth));
        }
        return document;
    }

    private BsonValue value(int depth) {
        int kind = number(kinds.size() + (depth < 4 ? 4 : 0));
        if (kind < kinds.size()) {
            return kinds.get(kind).get();
        }
        if (kind % 2 == 0) {
            return document(depth + 1);
        }
        BsonArray array = new BsonArray();
        for (int i = number(5); i > 0; i--) {
            array.add(value(depth + 1));
        }
        return array;
    }

    private String name() {
        return number(3) == 0 ? text().replace("\0", "") : "field" + number(20);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = number(number(10) == 0 ? 100 : 12); i > 0; i--) {
            text.appendCodePoint(character());
        }
        return text.toString();
    }

    private int character() {
        return switch (number(12)) {
            case 0 -> number(0x20);
            case 1 -> "\"\\/\u007F\u0080".charAt(number(5));
            case 2 -> 0xA0 + number(0x700);
            case 3 -> 0x3040 + number(0x6000);
            case 4 -> 0x10000 + number(0x100000);
            case 5 -> 0xE000 + number(0x2000);
            default -> 'a' + number(26);
        };
    }

    private byte subtype() {
        return (byte) new int[] {0, 0, 2, 3, 4, 4, 5, 6, 0x80, 0xFF}[number(10)];
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private long aLong() {
        return number(3) == 0 ? EDGES.get(number(EDGES.size())) : random.nextLong() >> number(64);
    }

    private long aDate() {
        return number(4) == 0 ? DATES.get(number(DATES.size())) : random.nextLong() >> (8 + number(40));
    }

    private double aDouble() {
        return switch (number(4)) {
            case 0 -> DOUBLES.get(number(DOUBLES.size()));
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextInt(2_000_000) / 1000.0;
            default -> (double) aLong();
        };
    }

    private Decimal128 aDecimal() {
        long digits = random.nextLong() >> number(60);
        return switch (number(4)) {
            case 0 -> Decimal128.NaN;
            case 1 -> Decimal128.NEGATIVE_ZERO;
            default -> Decimal128.parse(digits + "E" + (number(60) - 30));
        };
    }
}
