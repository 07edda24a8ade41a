package io.baler.worker.engine;

import io.baler.worker.encode.JsonEncoder;
import io.baler.worker.encode.MalformedRecord;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Names the record that keeps an export from going on; of its content only the {@code _id}. */
final class UnreadableRecord extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableRecord(@Nullable BsonValue id, MalformedRecord cause) {
        super(
                "the record with _id " + (id == null ? "(none)" : JsonEncoder.toJson(id)) + ": " + cause.getMessage(),
                cause);
    }
}
