package io.baler.worker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;

/** The logs of the predecessor's own tests: three actions on three days of January 2023, then 50 views a minute apart. */
final class Activities {
    static final ObjectId ALICE = new ObjectId("64b0000000000000000000a1");
    static final ObjectId BOB = new ObjectId("64b0000000000000000000b2");

    private Activities() {}

    static List<Document> users() {
        return List.of(
                new Document("_id", ALICE).append("username", "alice"),
                new Document("_id", BOB).append("username", "bob"));
    }

    static List<Document> logs() {
        var logs = new ArrayList<Document>();
        logs.add(log(ALICE, "PAGE_CREATE", Instant.parse("2023-01-01T10:00:00Z")));
        logs.add(log(ALICE, "PAGE_UPDATE", Instant.parse("2023-01-02T10:00:00Z")));
        logs.add(log(BOB, "PAGE_DELETE", Instant.parse("2023-01-03T10:00:00Z")));
        for (int minute = 0; minute < 50; minute++) {
            logs.add(log(BOB, "PAGE_VIEW", Instant.parse("2023-01-04T10:00:00Z").plus(minute, ChronoUnit.MINUTES)));
        }
        return logs;
    }

    static Document log(ObjectId user, String action, Instant time) {
        return new Document("_id", new ObjectId())
                .append("user", user)
                .append("action", action)
                .append("createdAt", Date.from(time))
                .append("snapshot", new Document("username", user.equals(ALICE) ? "alice" : "bob"));
    }
}
