package io.baler.worker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baler.job.ExportFailed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

class RecordPlaceTest {
    private static final BsonValue BEFORE = new BsonInt32(7);

    @Test
    void itIsTheIdAsItIsStored() {
        assertThat(RecordPlace.of(raw("{_id: 1, a: 2}"), null)).isEqualTo(new BsonInt32(1));
        assertThat(RecordPlace.of(raw("{_id: {a: 'é'}}"), null)).isEqualTo(BsonDocument.parse("{a: 'é'}"));
        assertThat(RecordPlace.of(raw("{_id: '\uFFFD', a: 2}"), null)).isEqualTo(new BsonString("\uFFFD"));
        assertThat(RecordPlace.of(raw("{_id: {a: '\uFFFD'}, b: 1}"), null))
                .isEqualTo(BsonDocument.parse("{a: '\uFFFD'}"));
    }

    @Test
    void onlyAnObjectIdThatComesFirstIsSoPlainThatItNeedNotBeRead() {
        assertThat(RecordPlace.isPlain(raw("{_id: {$oid: '6592a1b0c0ffee0000000000'}, a: 2}")))
                .isTrue();
        assertThat(RecordPlace.isPlain(raw("{a: 2, _id: {$oid: '6592a1b0c0ffee0000000000'}}")))
                .isFalse();
        assertThat(RecordPlace.isPlain(raw("{_id: '6592a1b0c0ffee0000000000'}")))
                .isFalse();
        assertThat(RecordPlace.isPlain(raw("{_if: {$oid: '6592a1b0c0ffee0000000000'}}")))
                .isFalse();
        assertThat(RecordPlace.isPlain(raw("{}"))).isFalse();
        byte[] cutOff = {11, 0, 0, 0, 7, '_', 'i', 'd', 0, 1, 0};
        assertThat(RecordPlace.isPlain(new RawBsonDocument(cutOff))).isFalse();
    }

    @Test
    void anIdThatTheDriverCannotGiveBackIsRefusedForNothingCouldBeAskedForBehindIt() {
        assertRefused(damaged("{_id: 'a§', b: 1}"), "unsupported-id");
        assertRefused(damaged("{_id: {a: 'a§'}, b: 1}"), "unsupported-id");
    }

    @Test
    void aRecordWithoutAnIdIsRefusedAndTheOneBeforeItNamed() {
        assertRefused(raw("{a: 1}"), "record-without-id");
        assertRefused(new RawBsonDocument(new byte[] {12, 0, 0, 0, 0x20, 'a', 0, 0, 0, 0, 0, 0}), "record-without-id");
        assertThatExceptionOfType(ExportFailed.class)
                .isThrownBy(() -> RecordPlace.of(raw("{a: 1}"), BEFORE))
                .withMessageContaining("behind the one with _id 7")
                .withMessageContaining("then resume");
    }

    @Test
    void anIdThatHasNoPlaceInTheOrderIsRefused() {
        assertRefused(raw(new BsonDocument("_id", BsonNull.VALUE)), "unsupported-id");
    }

    @Test
    void anIdThatIsNoNumberIsRefusedForMongoDbFindsItBehindNothing() {
        assertRefused(raw(new BsonDocument("_id", new BsonDouble(Double.NaN))), "unsupported-id");
        assertRefused(raw(new BsonDocument("_id", new BsonDecimal128(Decimal128.NaN))), "unsupported-id");
        assertThat(RecordPlace.of(raw(new BsonDocument("_id", new BsonDouble(Double.NEGATIVE_INFINITY))), BEFORE))
                .isEqualTo(new BsonDouble(Double.NEGATIVE_INFINITY));
    }

    private static void assertRefused(RawBsonDocument record, String code) {
        assertThatExceptionOfType(ExportFailed.class)
                .isThrownBy(() -> RecordPlace.of(record, BEFORE))
                .extracting(failed -> failed.failure().code())
                .isEqualTo(code);
    }

    private static RawBsonDocument raw(String json) {
        return raw(BsonDocument.parse(json));
    }

    private static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    /** With the first byte of each § made one that no text has. */
    private static RawBsonDocument damaged(String json) {
        var document = raw(json);
        var bytes = Arrays.copyOf(document.getBackingArray(), document.getByteLength());
        byte[] section = "§".getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length - 1; at++) {
            if (bytes[at] == section[0] && bytes[at + 1] == section[1]) {
                bytes[at] = (byte) 0xFF;
            }
        }
        return new RawBsonDocument(bytes);
    }
}
