package io.baler.worker.archive;

import io.baler.job.Engine;
import io.baler.job.IdKind;
import io.baler.job.IdRun;
import io.baler.job.InvalidRecords;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.MalformedRecord;
import io.baler.worker.format.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** The file that records are being added to. */
final class OpenFile {

    private final Engine engine;
    private final RecordLayout layout;
    private final GrowableBytes bytes;
    private int count;
    private @Nullable BsonValue firstId;
    private @Nullable RawBsonDocument last;

    private final List<IdRun> runs = new ArrayList<>();
    private @Nullable IdKind kind;
    private long runsBefore;

    private int invalid;
    private final List<BsonValue> invalidIds = new ArrayList<>();

    OpenFile(Engine engine, RecordLayout layout, GrowableBytes bytes) {
        this.engine = engine;
        this.layout = layout;
        this.bytes = bytes;
        layout.begin(bytes);
    }

    /** @throws MalformedRecord if its {@code _id} cannot be read; the file is then as it was */
    void add(RawBsonDocument record) {
        IdKind itsKind = RecordId.kindOf(record);
        if (count == 0) {
            firstId = RecordId.of(record);
        }
        append(record);
        if (itsKind != kind) {
            endRun();
            kind = itsKind;
        }
        count++;
        last = record;
    }

    private void append(RawBsonDocument record) {
        try {
            if (!layout.append(record, count == 0, bytes)) {
                remember(RecordId.of(record));
            }
        } catch (MalformedRecord malformed) {
            BsonValue id = RecordId.of(record);
            layout.appendMalformed(id, record, count == 0, bytes);
            remember(id);
        }
    }

    private void remember(BsonValue invalidId) {
        invalid++;
        if (invalidIds.size() < InvalidRecords.NAMED) {
            invalidIds.add(invalidId);
        }
    }

    private void endRun() {
        if (kind != null) {
            runs.add(new IdRun(kind, count - runsBefore));
        }
        runsBefore = count;
    }

    int length() {
        return bytes.length();
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count >= engine.logsPerFile() || bytes.length() >= engine.maxFileBytes();
    }

    ClosedFile close(String name) {
        BsonValue lastId = RecordId.of(Objects.requireNonNull(last));
        endRun();
        layout.end(bytes);
        return new ClosedFile(
                name,
                bytes,
                count,
                Objects.requireNonNull(firstId),
                lastId,
                runs,
                new InvalidRecords(invalid, invalidIds));
    }
}
