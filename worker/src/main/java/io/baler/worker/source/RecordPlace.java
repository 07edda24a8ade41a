package io.baler.worker.source;

import io.baler.job.ExportFailed;
import io.baler.job.source.LogQuery;
import io.baler.worker.encode.JsonEncoder;
import java.util.Arrays;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/** A record's place in the order, its {@code _id}: the one thing that an export cannot do without. */
final class RecordPlace {
    /** What the driver makes of bytes that are no text. */
    private static final char REPLACEMENT = '\uFFFD';

    /** Of a document: behind its length. */
    private static final int FIRST_ELEMENT = Integer.BYTES;

    /** How a document begins, behind its length, whose {@code _id} is an ObjectId. */
    private static final byte[] OBJECT_ID = {7, '_', 'i', 'd', 0};

    private static final int OBJECT_ID_BYTES = 12;

    private RecordPlace() {}

    /**
     * The {@code _id}, which MongoDB can be asked for what lies behind it.
     *
     * @param before the record before it; none if it is the first
     * @throws ExportFailed if there is none, or none that the driver can give back as it is stored
     */
    static BsonValue of(RawBsonDocument record, @Nullable BsonValue before) {
        var id = read(record);
        if (id == null) {
            throw failure("record-without-id", before, "has no _id that can be read, and so no place in the archive");
        }
        LogQuery.kindOf(id);
        if (isNaN(id)) {
            throw failure(
                    "unsupported-id",
                    before,
                    "has the _id NaN, which MongoDB finds neither above nor below any other number");
        }
        if (mayBeChanged(id) && !isStoredSo(id, record)) {
            throw failure(
                    "unsupported-id",
                    before,
                    "has an _id with text that is not UTF-8: an export that was resumed there would skip or repeat records");
        }
        return id;
    }

    /**
     * Whether its {@code _id} is an ObjectId where MongoDB stores it. Nothing can be wrong with it then, so it need not be
     * read unless it is asked for: reading it by the driver costs as much as receiving the whole record.
     */
    static boolean isPlain(RawBsonDocument record) {
        int from = record.getByteOffset() + FIRST_ELEMENT;
        int behind = from + OBJECT_ID.length;
        return record.getByteLength() > FIRST_ELEMENT + OBJECT_ID.length + OBJECT_ID_BYTES
                && Arrays.equals(OBJECT_ID, 0, OBJECT_ID.length, record.getBackingArray(), from, behind);
    }

    private static @Nullable BsonValue read(RawBsonDocument record) {
        try {
            var id = record.get("_id");
            // as a checkpoint keeps it, and not as a view of the record
            return id instanceof RawBsonDocument raw ? raw.decode(new BsonDocumentCodec()) : id;
        } catch (RuntimeException unreadable) {
            // of whatever kind: the driver runs into them as they come
            return null;
        }
    }

    private static boolean isNaN(BsonValue id) {
        return switch (id.getBsonType()) {
            case DOUBLE -> Double.isNaN(id.asDouble().getValue());
            case DECIMAL128 -> id.asDecimal128().getValue().isNaN();
            default -> false;
        };
    }

    private static boolean mayBeChanged(BsonValue id) {
        return switch (id.getBsonType()) {
            case STRING -> hasReplacement(((BsonString) id).getValue());
            case SYMBOL -> hasReplacement(id.asSymbol().getSymbol());
            case DOCUMENT -> true;
            default -> false;
        };
    }

    private static boolean hasReplacement(String text) {
        return text.indexOf(REPLACEMENT) >= 0;
    }

    /** A replacement character can also be stored itself; MongoDB stores the {@code _id} as the first element. */
    private static boolean isStoredSo(BsonValue id, RawBsonDocument record) {
        var alone = new RawBsonDocument(new BsonDocument("_id", id), new BsonDocumentCodec());
        int end = alone.getByteLength() - 1;
        int from = record.getByteOffset();
        return record.getByteLength() > end
                && Arrays.equals(
                        alone.getBackingArray(),
                        alone.getByteOffset() + FIRST_ELEMENT,
                        alone.getByteOffset() + end,
                        record.getBackingArray(),
                        from + FIRST_ELEMENT,
                        from + end);
    }

    private static ExportFailed failure(String code, @Nullable BsonValue before, String what) {
        var which = before == null
                ? "The first or last record"
                : "The record behind the one with _id " + JsonEncoder.toJson(before);
        return new ExportFailed(
                code, which + " " + what + ". Nothing is lost; repair or remove it in the source, then resume.");
    }
}
