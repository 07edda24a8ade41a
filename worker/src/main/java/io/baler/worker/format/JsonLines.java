package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.JsonEncoder;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Each line of a file a record, and nothing else. */
final class JsonLines implements RecordLayout {

    @Override
    public String encoder() {
        return JsonEncoder.VERSION;
    }

    @Override
    public String suffix() {
        return ".ndjson";
    }

    @Override
    public void begin(GrowableBytes file) {}

    @Override
    public boolean append(RawBsonDocument record, boolean first, GrowableBytes file) {
        boolean exact = JsonEncoder.encode(record, file);
        file.write('\n');
        return exact;
    }

    @Override
    public void appendMalformed(BsonValue id, RawBsonDocument record, boolean first, GrowableBytes file) {
        JsonEncoder.encodeMalformed(id, record, file);
        file.write('\n');
    }

    @Override
    public void end(GrowableBytes file) {}
}
