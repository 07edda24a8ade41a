package io.baler.api.export;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.client.MongoCollection;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * What a record takes in an archive, estimated by the first {@value #RECORDS} that match and no more than a mebibyte of
 * them: their bytes as MongoDB sends them, deflated together, by their number. The first ones, since a random sample
 * would have the server read them all.
 */
final class SampledSize {
    static final int RECORDS = 500;

    private static final int MOST_BYTES = 1 << 20;
    private static final int BATCH = 100;

    private SampledSize() {}

    /** Bytes of one record; none if there is no record, or no time to read one. */
    static OptionalDouble of(MongoCollection<RawBsonDocument> logs, Bson query, Deadline deadline) {
        var left = deadline.left();
        if (left <= 0) {
            return OptionalDouble.empty();
        }
        try (var records = logs.withTimeout(left, TimeUnit.MILLISECONDS)
                        .find(query)
                        .limit(RECORDS)
                        .batchSize(BATCH)
                        .iterator();
                var deflated = new DeflatedSize()) {
            int count = 0;
            while (records.hasNext() && deflated.bytesIn() < MOST_BYTES) {
                deflated.add(records.next());
                count++;
            }
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) deflated.bytesOut() / count);
        } catch (MongoOperationTimeoutException | MongoExecutionTimeoutException outOfTime) {
            return OptionalDouble.empty();
        }
    }

    private static final class DeflatedSize implements AutoCloseable {
        private final Deflater deflater = new Deflater();
        private final byte[] dropped = new byte[8_192];

        void add(RawBsonDocument record) {
            deflater.setInput(record.getByteBuffer().asNIO());
            while (!deflater.needsInput()) {
                deflater.deflate(dropped);
            }
        }

        long bytesIn() {
            return deflater.getBytesRead();
        }

        /** Nothing can be added any more. */
        long bytesOut() {
            deflater.finish();
            while (!deflater.finished()) {
                deflater.deflate(dropped);
            }
            return deflater.getBytesWritten();
        }

        @Override
        public void close() {
            deflater.end();
        }
    }
}
