package io.baler.local;

import de.bwaldvogel.mongo.bson.Document;

/** The {@code hello} command, which mongo-java-server does not know and drivers and health checks ask. */
final class Hello {

    private Hello() {}

    static boolean isAsked(String command) {
        return command.equalsIgnoreCase("hello");
    }

    /** The answer differs from the older {@code isMaster}'s, which the server knows, in one name. */
    static Document from(Document isMaster) {
        return isMaster.append("isWritablePrimary", true).append("helloOk", true);
    }
}
