package io.baler.worker.archive;

import io.baler.worker.encode.GrowableBytes;
import org.bson.BsonValue;

/** A file that takes no more records and waits to be deflated. Whoever holds it owns its bytes. */
record ClosedFile(String name, GrowableBytes json, int count, BsonValue firstId, BsonValue lastId) {}
