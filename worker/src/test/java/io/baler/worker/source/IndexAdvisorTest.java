package io.baler.worker.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.LogFilters;
import io.baler.job.Selection;
import io.baler.job.source.LogQuery;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are those of MongoDB's manual, shortened; none of them was seen on a server here. */
class IndexAdvisorTest {
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    private static final String IDS = """
            {"stage": "FETCH", "filter": {"user": {"$in": ["a"]}, "keyPattern": {"user": 1}, "stage": "IXSCAN"},
             "inputStage": {"stage": "IXSCAN", "keyPattern": {"_id": 1}, "indexName": "_id_",
                            "indexBounds": {"_id": ["[1, 2]"], "user": ["[1, 2]"]}}}""";

    private static final String USERS = """
            {"stage": "FETCH",
             "inputStage": {"stage": "IXSCAN", "keyPattern": {"user": 1, "_id": 1}, "indexName": "user_1__id_1"}}""";

    @Test
    void anIndexIsNamedByEqualityThenOrderThenRange() {
        assertThat(missing(query(List.of("a"), null, null), winner(IDS)))
                .endsWith(".createIndex({\"user\": 1, \"_id\": 1})");
        assertThat(missing(query(List.of("a"), List.of("LOGIN"), DAY), winner(IDS)))
                .isEqualTo("db.getSiblingDB(\"audit\").getCollection(\"activities\")"
                        + ".createIndex({\"user\": 1, \"action\": 1, \"_id\": 1, \"at.time\": 1})");
    }

    @Test
    void forDatesAloneTheIndexBeginsWithThem() {
        assertThat(missing(query(null, null, DAY), winner(IDS))).endsWith(".createIndex({\"at.time\": 1, \"_id\": 1})");
    }

    @Test
    void everythingNeedsNoIndex() {
        assertThat(missing(query(null, null, null), winner(IDS))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // of the classic engine
                "{'queryPlanner': {'winningPlan': %s, 'rejectedPlans': []}}",
                // of the newer engine
                "{'explainVersion': '2', 'queryPlanner': {'winningPlan': {'queryPlan': %s, 'slotBasedPlan': {}}}}",
                // the server knows it, and has found walking the ids to be better
                "{'queryPlanner': {'winningPlan': {'stage': 'COLLSCAN'}, 'rejectedPlans': [%s]}}",
                // of two shards, one has it
                "{'queryPlanner': {'winningPlan': {'stage': 'SHARD_MERGE_SORT', 'shards': ["
                        + "{'winningPlan': {'stage': 'COLLSCAN'}}, {'winningPlan': %s}]}}}"
            })
    void whereTheServerHasOneNothingIsSaid(String answer) {
        var query = query(List.of("a"), null, DAY);

        assertThat(missing(query, answer.replace('\'', '"').formatted(USERS))).isNull();
        assertThat(missing(query, answer.replace('\'', '"').formatted(IDS))).isNotNull();
    }

    @Test
    void aServerThatTellsOnlyTheNameOfAnIndexIsBelieved() {
        var query = query(List.of("a"), null, null);

        assertThat(missing(query, winner("{\"stage\": \"IXSCAN\", \"indexName\": \"by_user\"}")))
                .isNull();
        assertThat(missing(query, winner("{\"stage\": \"IXSCAN\", \"indexName\": \"_id_\"}")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"queryPlanner\": \"no\"}", "{\"queryPlanner\": {\"winningPlan\": {\"text\": 1}}}"})
    void aServerThatExplainsInAnotherWayIsNotJudged(String answer) {
        assertThat(missing(query(List.of("a"), null, DAY), answer)).isNull();
    }

    private static String winner(String plan) {
        return "{\"queryPlanner\": {\"winningPlan\": " + plan + ", \"rejectedPlans\": []}}";
    }

    private static @Nullable String missing(LogQuery query, String explained) {
        return IndexAdvisor.missing(query, BsonDocument.parse(explained)).orElse(null);
    }

    private static LogQuery query(
            @Nullable List<String> users, @Nullable List<String> actions, @Nullable Instant from) {
        List<BsonValue> ids = users == null
                ? null
                : users.stream().<BsonValue>map(BsonString::new).toList();
        var selection = new Selection(ids, "audit", "activities", "user", "action", "at.time");
        return new LogQuery(new LogFilters(null, users, actions, from, null), selection, DAY.plusSeconds(60));
    }
}
