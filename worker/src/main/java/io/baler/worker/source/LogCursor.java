package io.baler.worker.source;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Future;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The remaining records of an export, ascending by {@code _id}, each once. The next batch is read while this one is
 * exported. An interrupt ends a wait at once; the cursor is closed as soon as the server has answered what was asked.
 */
public final class LogCursor implements Iterator<RawBsonDocument>, AutoCloseable {
    private final InterruptibleReads reads;
    private final LogBatches batches;
    private Iterator<RawBsonDocument> batch = List.<RawBsonDocument>of().iterator();
    private @Nullable Future<List<RawBsonDocument>> ahead;

    LogCursor(InterruptibleReads reads, LogBatches batches) {
        this.reads = reads;
        this.batches = batches;
        this.ahead = reads.begin(batches::next);
    }

    @Override
    public boolean hasNext() {
        if (!batch.hasNext() && ahead != null) {
            var arrived = InterruptibleReads.await(ahead);
            ahead = arrived.isEmpty() ? null : reads.begin(batches::next);
            batch = arrived.iterator();
        }
        return batch.hasNext();
    }

    @Override
    public RawBsonDocument next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return batch.next();
    }

    @Override
    public void close() {
        if (ahead != null) {
            ahead.cancel(true);
        }
        reads.afterwards(batches::close);
    }
}
