package io.baler.api.export;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * How many records match, as far as there was time to count them: the server counts up to a limit, then up to four times
 * as many, and so on, so what it was last done with is known. Counting again what was counted costs a third more.
 *
 * @param count all that match if it is exact, at least so many otherwise
 */
record BoundedCount(long count, boolean exact) {
    private static final int STEP = 4;

    static BoundedCount of(MongoCollection<RawBsonDocument> logs, Bson query, Deadline deadline) {
        long reached = 0;
        for (int limit = 1; ; limit = next(limit)) {
            var left = deadline.left();
            if (left <= 0) {
                return new BoundedCount(reached, false);
            }
            try {
                // the driver has the server give up in time, and does not wait for one that is gone
                var counted = logs.withTimeout(left, TimeUnit.MILLISECONDS)
                        .countDocuments(query, new CountOptions().limit(limit));
                if (counted < limit || limit == 0) {
                    return new BoundedCount(counted, true);
                }
                reached = counted;
            } catch (MongoOperationTimeoutException | MongoExecutionTimeoutException outOfTime) {
                return new BoundedCount(reached, false);
            }
        }
    }

    /** 0 = without a limit, where no greater one can be said. */
    private static int next(int limit) {
        return limit > Integer.MAX_VALUE / STEP ? 0 : limit * STEP;
    }
}
