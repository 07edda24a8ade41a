package io.baler.worker.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvColumnsTest {

    @Test
    void theIdComesFirstEvenWhereItIsNotNamed() {
        assertThat(CsvColumns.chosen(List.of("a", "b.c"))).containsExactly("_id", "a", "b.c");
        assertThat(CsvColumns.chosen(List.of("a", "_id", "a"))).containsExactly("_id", "a");
        assertThat(CsvColumns.chosen(List.of())).containsExactly("_id");
    }

    @Test
    void theRestHasAColumnWhereOneIsChosen() {
        assertThat(CsvColumns.chosen(List.of(CsvColumns.OTHER, "a"))).containsExactly("_id", "_other", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "a.", ".a", "a..b"})
    void whatIsNoNameIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvColumns.chosen(List.of("a", name)))
                .withMessageContaining("'" + name + "' is no dotted name");
    }

    @Test
    void aPartOfTheIdIsRefusedSinceItsColumnShowsAllOfIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvColumns.chosen(List.of("_id.user")))
                .withMessage("'_id.user' is within _id, whose column shows all of it");
    }

    @Test
    void theFirstRecordsFieldsAreColumnsInTheOrderInWhichTheyCome() {
        assertThat(of("{b: 1, _id: 1, a: {y: 1, x: {z: 1}}}", "{_id: 2, a: {w: 1}, c: [1], d: {}}", "{_id: 3, a: 5}"))
                .containsExactly("_id", "b", "a.y", "a.x.z", "a.w", "c", "d", "a", "_other");
    }

    @Test
    void noRecordsHaveAnIdAndWhateverElseComes() {
        assertThat(of()).containsExactly("_id", "_other");
        assertThat(of("{_id: 1, _other: 2, z: 3}")).containsExactly("_id", "z", "_other");
    }

    @Test
    void aRecordThatIsNoBsonHasNoFields() {
        var broken = new RawBsonDocument(new byte[] {8, 0, 0, 0, 0x20, 'x', 0, 0});

        assertThat(CsvColumns.of(List.of(broken, RawBsonDocument.parse("{_id: 1, a: 1}"))))
                .containsExactly("_id", "a", "_other");
    }

    @Test
    void namesThatAreDataDoNotBecomeColumnsWithoutEnd() {
        var byUser = new BsonDocument();
        IntStream.range(0, 3_000).forEach(i -> byUser.append("user-" + i, new BsonInt32(i)));

        var columns = CsvColumns.of(List.of(raw(new BsonDocument("byUser", byUser))));

        assertThat(columns)
                .hasSize(CsvColumns.MOST + 1)
                .startsWith("_id", "byUser.user-0")
                .endsWith("byUser.user-498", "_other");
    }

    @Test
    void longNamesDoNotBecomeColumns() {
        var longest = "x".repeat(CsvColumns.LONGEST);
        var inner = new BsonDocument("a", new BsonInt32(1));

        var columns = CsvColumns.of(List.of(raw(new BsonDocument("_id", new BsonInt32(1))
                .append(longest, new BsonInt32(1))
                .append(longest + "x", new BsonInt32(1))
                .append(longest.substring(1), inner)
                .append("y".repeat(5_000_000), inner)
                .append("z", inner))));

        assertThat(columns).containsExactly("_id", longest, "z.a", "_other");
    }

    private static List<String> of(String... records) {
        return CsvColumns.of(Stream.of(records).map(RawBsonDocument::parse).toList());
    }

    private static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }
}
