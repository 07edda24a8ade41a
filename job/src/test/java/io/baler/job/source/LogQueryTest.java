package io.baler.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.LogFilters;
import io.baler.job.Selection;
import java.time.Instant;
import java.util.List;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** The limits within which the records of an export are looked for. */
class LogQueryTest {
    private static final BsonObjectId FIRST = new BsonObjectId(new ObjectId("64b000000000000000000001"));
    private static final BsonObjectId DONE = new BsonObjectId(new ObjectId("64b000000000000000000005"));
    private static final BsonObjectId LAST = new BsonObjectId(new ObjectId("64b000000000000000000009"));

    private final LogQuery query = new LogQuery(
            LogFilters.NONE,
            new Selection(null, "db", "activities", "user", "action", "createdAt"),
            Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void whatLiesBeforeTheFirstRecordIsNotLookedAt() {
        assertThat(texts(query.remaining(FIRST, null, LAST)))
                .singleElement()
                .asString()
                .contains("\"$gte\": " + json(FIRST), "\"$lte\": " + json(LAST));
    }

    @Test
    void whatIsDoneIsNotLookedAtAgain() {
        assertThat(texts(query.remaining(null, DONE, LAST)))
                .singleElement()
                .asString()
                .contains("\"$gt\": " + json(DONE), "\"$lte\": " + json(LAST))
                .doesNotContain(json(FIRST));
    }

    @Test
    void everyKindOfIdBetweenTheTwoIsReadWhole() {
        var kinds = texts(query.remaining(new BsonInt32(7), null, LAST));

        assertThat(kinds).hasSizeGreaterThan(2);
        assertThat(kinds.get(0)).contains("\"$gte\": 7");
        assertThat(kinds.get(kinds.size() - 1)).contains("\"$lte\": " + json(LAST));
        assertThat(kinds.subList(1, kinds.size())).noneMatch(kind -> kind.contains("\"$gte\": 7"));
    }

    @Test
    void whereNothingBelongsAnyMoreThereIsNothingToAsk() {
        assertThat(query.remaining(null, null, LAST)).isEmpty();
    }

    private static List<String> texts(List<Bson> queries) {
        return queries.stream().map(each -> each.toBsonDocument().toJson()).toList();
    }

    private static String json(BsonValue id) {
        return "{\"$oid\": \"" + id.asObjectId().getValue().toHexString() + "\"}";
    }
}
