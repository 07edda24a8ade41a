package io.baler.standalone.load;

import org.bson.BsonDocument;

/** What a reader found at one place of an input. */
sealed interface Parsed {

    /** Counted from 1. */
    long line();

    record Good(long line, BsonDocument document) implements Parsed {}

    record Bad(long line, String reason) implements Parsed {}
}
