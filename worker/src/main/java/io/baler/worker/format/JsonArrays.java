package io.baler.worker.format;

import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.JsonEncoder;
import io.baler.worker.encode.MalformedRecord;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Each file a JSON array with one record a line, so that it can be parsed and grepped. */
final class JsonArrays implements RecordLayout {

    @Override
    public String encoder() {
        return JsonEncoder.VERSION;
    }

    @Override
    public String suffix() {
        return ".json";
    }

    @Override
    public void begin(GrowableBytes file) {
        file.ascii("[");
    }

    @Override
    public boolean append(RawBsonDocument record, boolean first, GrowableBytes file) {
        int before = file.length();
        separate(first, file);
        try {
            return JsonEncoder.encode(record, file);
        } catch (MalformedRecord refused) {
            file.truncate(before);
            throw refused;
        }
    }

    @Override
    public void appendMalformed(BsonValue id, RawBsonDocument record, boolean first, GrowableBytes file) {
        separate(first, file);
        JsonEncoder.encodeMalformed(id, record, file);
    }

    private static void separate(boolean first, GrowableBytes file) {
        file.ascii(first ? "\n" : ",\n");
    }

    @Override
    public void end(GrowableBytes file) {
        file.ascii("\n]\n");
    }
}
