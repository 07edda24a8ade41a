package io.baler.bench.source;

import org.bson.BsonDocument;

/** What a server says to its clients. */
interface Answers {

    /** To the greeting, with which every client begins. */
    BsonDocument hello();

    /** @param request number of the client's message, which the answer names */
    Reply to(int request, BsonDocument command);
}
