package io.baler.standalone.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ArchiveFormat;
import io.baler.standalone.verify.TestArchive.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids of all kinds, in the order that MongoDB has them and in others. */
class IdOrderTest {

    /** As MongoDB sorts them. */
    private static final List<BsonValue> ASCENDING = List.of(
            new BsonDouble(Double.NaN),
            new BsonDouble(Double.NEGATIVE_INFINITY),
            new BsonDecimal128(Decimal128.parse("-1E+6144")),
            new BsonDouble(-1e300),
            new BsonInt32(-5),
            new BsonDouble(-0.0),
            decimal("1E-6176"),
            new BsonDouble(5e-324),
            // a double of one tenth is a little more than that
            decimal("0.1"),
            new BsonDouble(0.1),
            new BsonInt32(9),
            new BsonInt64(10),
            decimal("10.5"),
            // beyond 2^53 a double's shortest digits are those of another integer
            new BsonDouble(0x1p60),
            new BsonInt64((1L << 60) + 1),
            new BsonInt64((1L << 60) + 2),
            new BsonInt64(Long.MAX_VALUE),
            new BsonDouble(1e21),
            decimal("Infinity"),
            new BsonString(""),
            new BsonString("'"),
            new BsonString("+1"),
            new BsonString("=1"),
            new BsonString("Z"),
            new BsonSymbol("ZZ"),
            new BsonString("a"),
            new BsonString("{\"$symbol\":\"b\"}"),
            // as UTF-16 these two are the other way round
            new BsonString("\uFFFD"),
            new BsonString("\uD83D\uDE00"),
            new BsonDocument("b", new BsonInt32(2)),
            new BsonDocument("b", new BsonInt32(3)).append("c", new BsonString("x")),
            new BsonBinary(new byte[] {1}),
            new BsonBinary((byte) 5, new byte[] {1}),
            new BsonBinary((byte) 0x80, new byte[] {1}),
            new BsonBinary(new byte[] {1, 2}),
            new BsonBinary(new byte[] {(byte) 0xfb, (byte) 0xf0}),
            new BsonBinary((byte) 2, new byte[] {9}),
            new BsonBinary(new byte[16]),
            new BsonBinary((byte) 4, new byte[16]),
            new BsonObjectId(new ObjectId(1, 1)),
            new BsonObjectId(new ObjectId(-1, 1)),
            BsonBoolean.FALSE,
            BsonBoolean.TRUE,
            new BsonDateTime(Long.MIN_VALUE),
            new BsonDateTime(-8_640_000_000_000_000L),
            new BsonDateTime(-1),
            new BsonDateTime(0),
            new BsonDateTime(253_402_300_800_000L),
            new BsonDateTime(Long.MAX_VALUE),
            new BsonTimestamp(1, 2),
            new BsonTimestamp(1, -1),
            new BsonTimestamp(-1, 0));

    @TempDir
    private Path directory;

    private static BsonValue decimal(String text) {
        return new BsonDecimal128(Decimal128.parse(text));
    }

    private Verified verify(ArchiveFormat format, List<BsonValue> ids) {
        return Verified.of(
                new Plan("j", format, 4).of(ids.toArray(BsonValue[]::new)).writeTo(directory));
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void idsInMongoDbsOrderAreInOrder(ArchiveFormat format) {
        var verified = verify(format, ASCENDING);

        assertThat(verified.verdict().holds())
                .as(verified.findings().toString())
                .isTrue();
        assertThat(verified.ids()).hasSize(ASCENDING.size());
        assertThat(verified.findings()).singleElement().asString().startsWith("note: some ids are documents");
    }

    @ParameterizedTest
    @EnumSource(
            value = ArchiveFormat.class,
            names = {"JSON", "CSV"})
    void noTwoOfThemCanBeSwapped(ArchiveFormat format) {
        var accepted = new ArrayList<String>();
        for (var i = 1; i < ASCENDING.size(); i++) {
            var swapped = new ArrayList<>(ASCENDING);
            swapped.add(i - 1, swapped.remove(i));
            if (verify(format, swapped).verdict().holds()) {
                accepted.add(ASCENDING.get(i - 1) + " and " + ASCENDING.get(i));
            }
        }

        assertThat(accepted).allMatch(pair -> mayBeEither(format, pair), "pairs whose text does not tell their order");
    }

    /** Documents, doubles of the size of integers, old binaries; CSV tells neither decimals nor formulas from others. */
    private static boolean mayBeEither(ArchiveFormat format, String pair) {
        return pair.contains("{\"b\": 2}")
                || pair.contains("BsonDouble{value=1.15292150460684")
                || pair.contains("BsonBinary{type=2")
                || format == ArchiveFormat.CSV && (pair.contains("0.1") || pair.contains("BsonString"));
    }

    @Test
    void noneOfThemCanComeTwice() {
        for (var i = 0; i < ASCENDING.size(); i++) {
            var doubled = new ArrayList<>(ASCENDING);
            doubled.add(i, doubled.get(i));

            assertThat(verify(ArchiveFormat.NDJSON, doubled).findings())
                    .as(doubled.get(i).toString())
                    .anySatisfy(finding -> assertThat(finding).contains("cannot stand behind"));
        }
    }

    @Test
    void idsOutOfOrderAreNamedWithTheirPlace() {
        var plan = Plan.of(ArchiveFormat.JSON);

        assertThat(Verified.of(plan.of(VerificationTest.numbers(1, 3, 2, 4)).writeTo(directory))
                        .findings())
                .containsExactly("audit-logs-6592a1b0c0ffee0000000000-000001.json: record 1 with the _id 2 cannot"
                        + " stand behind 3");
        assertThat(Verified.of(plan.of(VerificationTest.numbers(7, 7)).writeTo(directory))
                        .findings())
                .containsExactly("audit-logs-6592a1b0c0ffee0000000000-000000.json: record 2 with the _id 7 cannot"
                        + " stand behind 7");
    }
}
