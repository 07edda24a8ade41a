package io.baler.worker.archive;

import io.baler.job.Engine;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.JsonEncoder;
import io.baler.worker.encode.MalformedRecord;
import java.util.Objects;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** The file that records are being added to: a JSON array with one record a line, so that it can be parsed and grepped. */
final class JsonFile {

    private final Engine engine;
    private final GrowableBytes json;
    private int count;
    private @Nullable BsonValue firstId;
    private @Nullable RawBsonDocument last;

    JsonFile(Engine engine, GrowableBytes json) {
        this.engine = engine;
        this.json = json;
    }

    /** @throws MalformedRecord if it is not BSON or has no {@code _id}; the file is then as it was */
    void add(RawBsonDocument record) {
        int mark = json.length();
        try {
            json.ascii(count == 0 ? "[\n" : ",\n");
            JsonEncoder.encode(record, json);
            RecordId.require(record);
            if (count == 0) {
                firstId = RecordId.of(record);
            }
        } catch (RuntimeException e) {
            json.truncate(mark);
            throw e;
        }
        count++;
        last = record;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count >= engine.logsPerFile() || json.length() >= engine.maxFileBytes();
    }

    ClosedFile close(String name) {
        BsonValue lastId = RecordId.of(Objects.requireNonNull(last));
        json.ascii("\n]\n");
        return new ClosedFile(name, json, count, Objects.requireNonNull(firstId), lastId);
    }
}
