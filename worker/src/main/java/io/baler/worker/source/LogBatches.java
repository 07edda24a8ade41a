package io.baler.worker.source;

import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoCursor;
import io.baler.job.source.LogQuery;
import io.baler.job.source.RecordReads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The remaining records of an export as the server sends them, ascending by {@code _id}, each once. A cursor that the
 * server has dropped is opened again behind the last record; if that fails without a record in between, the failure is
 * the caller's. Blocks; for one thread.
 */
final class LogBatches implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogBatches.class);

    /** The server sends at most 16 MiB at once; for records of usual size this is a few. */
    private static final int BATCH = 5_000;

    private final Supplier<RecordReads> opener;
    private final LogQuery query;
    private final Supplier<Optional<BsonValue>> first;
    private final BsonValue last;
    private final ReadPace pace;

    private @Nullable BsonValue position;
    private @Nullable Deque<Bson> remaining;
    private @Nullable RecordReads reads;
    private @Nullable MongoCursor<RawBsonDocument> cursor;
    private boolean reopened;

    /**
     * @param opener of the reads, which are opened anew with a cursor that was lost
     * @param first the smallest {@code _id} that belongs; asked once, if there is no position yet
     * @param after none = nothing is done
     */
    LogBatches(
            Supplier<RecordReads> opener,
            LogQuery query,
            Supplier<Optional<BsonValue>> first,
            @Nullable BsonValue after,
            BsonValue last,
            ReadPace pace) {
        this.pace = pace;
        this.opener = opener;
        this.query = query;
        this.first = first;
        this.position = after;
        this.last = last;
    }

    /** The next records, at least one; none = that was all. */
    List<RawBsonDocument> next() {
        pace.await();
        while (true) {
            try {
                var open = openCursor();
                if (open == null) {
                    return List.of();
                }
                var batch = arrived(open);
                reopened = false;
                pace.took(batch.size());
                return batch;
            } catch (MongoInterruptedException stopped) {
                throw stopped;
            } catch (MongoException lost) {
                reopen(lost);
            }
        }
    }

    /** A cursor that has a record. */
    private @Nullable MongoCursor<RawBsonDocument> openCursor() {
        var left = plan();
        while (cursor == null || !cursor.hasNext()) {
            closeCursor();
            if (left.isEmpty()) {
                return null;
            }
            if (reads == null) {
                reads = opener.get();
            }
            cursor = reads.find(left.pop())
                    .sort(ascending("_id"))
                    // where a server before 6.0 prefers another index and sorts by itself
                    .allowDiskUse(true)
                    .batchSize(pace.batch(BATCH))
                    .iterator();
        }
        return cursor;
    }

    private Deque<Bson> plan() {
        if (remaining == null) {
            var begin = position == null ? first.get().orElse(null) : null;
            remaining = new ArrayDeque<>(query.remaining(begin, position, last));
        }
        return remaining;
    }

    /** What can be had without asking the server again. */
    private List<RawBsonDocument> arrived(MongoCursor<RawBsonDocument> open) {
        var batch = new ArrayList<RawBsonDocument>(Math.max(1, open.available()));
        var record = open.next();
        var id = RecordPlace.of(record, position);
        batch.add(record);
        while (open.available() > 0) {
            var before = record;
            record = open.next();
            if (!RecordPlace.isPlain(record)) {
                id = RecordPlace.of(record, RecordPlace.isPlain(before) ? RecordPlace.of(before, id) : id);
            }
            batch.add(record);
        }
        position = RecordPlace.isPlain(record) ? RecordPlace.of(record, id) : id;
        return batch;
    }

    private void reopen(MongoException lost) {
        close();
        if (reopened) {
            throw lost;
        }
        log.info(
                "The cursor on the logs was lost ({}); it goes on behind the last record",
                lost.getClass().getSimpleName());
        reopened = true;
        remaining = null;
    }

    private void closeCursor() {
        var open = cursor;
        cursor = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        var open = reads;
        reads = null;
        // the cursor's end is said in its session
        try (open) {
            closeCursor();
        }
    }
}
