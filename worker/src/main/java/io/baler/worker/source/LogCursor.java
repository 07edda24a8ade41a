package io.baler.worker.source;

import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The remaining records of an export, ascending by {@code _id}, each once. A cursor that the server has dropped is
 * opened again behind the last record; if that fails without a record in between, the failure is the caller's.
 */
public final class LogCursor implements Iterator<RawBsonDocument>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogCursor.class);

    /** The server sends at most 16 MiB at once; for records of usual size this is a few. */
    private static final int BATCH = 5_000;

    private final MongoCollection<RawBsonDocument> logs;
    private final LogQuery query;
    private final BsonValue last;

    private IdBracket bracket;
    private @Nullable BsonValue position;
    private Deque<Bson> remaining = new ArrayDeque<>();
    private @Nullable MongoCursor<RawBsonDocument> cursor;
    private boolean reopened;

    LogCursor(
            MongoCollection<RawBsonDocument> logs,
            LogQuery query,
            IdBracket first,
            @Nullable BsonValue after,
            BsonValue last) {
        this.logs = logs;
        this.query = query;
        this.bracket = first;
        this.position = after;
        this.last = last;
        plan();
    }

    private void plan() {
        remaining = new ArrayDeque<>(query.remaining(bracket, position, last));
    }

    @Override
    public boolean hasNext() {
        while (true) {
            try {
                while (cursor == null || !cursor.hasNext()) {
                    close();
                    if (remaining.isEmpty()) {
                        return false;
                    }
                    cursor = logs.find(remaining.pop())
                            .sort(ascending("_id"))
                            // where a server before 6.0 prefers another index and sorts by itself
                            .allowDiskUse(true)
                            .batchSize(BATCH)
                            .iterator();
                }
                return true;
            } catch (MongoInterruptedException stopped) {
                throw stopped;
            } catch (MongoException lost) {
                reopen(lost);
            }
        }
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
        plan();
    }

    @Override
    public RawBsonDocument next() {
        if (!hasNext() || cursor == null) {
            throw new NoSuchElementException();
        }
        var record = cursor.next();
        var id = Objects.requireNonNull(record.get("_id"), "MongoDB stores no record without an _id");
        bracket = IdBracket.of(id);
        position = id;
        reopened = false;
        return record;
    }

    @Override
    public void close() {
        var open = cursor;
        cursor = null;
        if (open != null) {
            open.close();
        }
    }
}
