package io.baler.job.source;

import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one export's records. Where they go to a secondary, it answers once it has everything that the primary had
 * when these reads were opened (a causally consistent session), so that none that lags behind leaves a record out.
 */
public final class RecordReads implements AutoCloseable {
    private final MongoCollection<RawBsonDocument> logs;
    private final @Nullable ClientSession session;

    /** @param session is closed with this; none where the primary answers, which has everything */
    RecordReads(MongoCollection<RawBsonDocument> logs, @Nullable ClientSession session) {
        this.logs = logs;
        this.session = session;
    }

    public FindIterable<RawBsonDocument> find(Bson query) {
        return session == null ? logs.find(query) : logs.find(session, query);
    }

    /** No cursor of these reads may be open any more. */
    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
