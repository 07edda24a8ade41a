package io.baler.worker.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.worker.Effort;
import java.util.EnumSet;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Where the rule says relaxed Extended JSON, the encoder and MongoDB's own driver agree. */
class ExtendedJsonTest {

    private static final int DOCUMENTS = Effort.of(3_000, 100_000);
    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    /** Those with a plain form of their own; and pointers, whose ObjectId is plain. */
    private static final Set<BsonType> PLAIN =
            EnumSet.of(BsonType.OBJECT_ID, BsonType.DATE_TIME, BsonType.DOUBLE, BsonType.DB_POINTER);

    @Test
    void theDriverWritesTheSame() {
        var out = new GrowableBytes(0);
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            var document = withoutPlainTypes(new RandomDocuments(seed).next());

            out.clear();
            JsonEncoder.encode(RandomDocuments.raw(document), out);

            assertThat(JsonMapper.shared().readTree(new String(out.array(), 0, out.length(), UTF_8)))
                    .as("document of seed %d", seed)
                    .isEqualTo(JsonMapper.shared().readTree(byTheDriver(document)));
        }
    }

    // The driver alone writes subtypes in upper case; the specification leaves it open.
    private static String byTheDriver(BsonDocument document) {
        return document.toJson(RELAXED).replace("\"subType\": \"FF\"", "\"subType\": \"ff\"");
    }

    private static BsonDocument withoutPlainTypes(BsonDocument document) {
        var rest = new BsonDocument();
        document.forEach((name, value) -> {
            if (!isPlain(value)) {
                rest.append(name, cleared(value));
            }
        });
        return rest;
    }

    private static BsonValue cleared(BsonValue value) {
        if (value.isDocument()) {
            return withoutPlainTypes(value.asDocument());
        }
        if (value.isArray()) {
            return new BsonArray(value.asArray().stream()
                    .filter(element -> !isPlain(element))
                    .map(ExtendedJsonTest::cleared)
                    .toList());
        }
        return value;
    }

    private static boolean isPlain(BsonValue value) {
        if (value.isBinary()) {
            byte type = value.asBinary().getType();
            return type == BsonBinarySubType.BINARY.getValue() || type == BsonBinarySubType.UUID_STANDARD.getValue();
        }
        return PLAIN.contains(value.getBsonType());
    }
}
