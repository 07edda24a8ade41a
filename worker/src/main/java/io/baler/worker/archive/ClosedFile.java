package io.baler.worker.archive;

import io.baler.job.IdRun;
import io.baler.job.InvalidRecords;
import io.baler.worker.encode.GrowableBytes;
import java.util.List;
import org.bson.BsonValue;

/** A file that takes no more records and waits to be compressed. Whoever holds it owns its bytes. */
record ClosedFile(
        String name,
        GrowableBytes bytes,
        int count,
        BsonValue firstId,
        BsonValue lastId,
        List<IdRun> ids,
        InvalidRecords invalid) {}
