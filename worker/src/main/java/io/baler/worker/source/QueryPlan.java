package io.baler.worker.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * What MongoDB's {@code explain} tells of how it may carry out a query: the plan that it has chosen and those that it
 * has considered. Reads the answers of both query engines, and of {@code mongos}, which has one of each shard (source:
 * MongoDB's manual, "Explain Results").
 */
final class QueryPlan {
    private static final String STAGE = "stage";
    private static final String INDEX_OF_IDS = "_id_";

    /** They hold what was asked for, not how it is found. */
    private static final Set<String> QUESTIONS = Set.of("filter", "parsedQuery", "indexBounds");

    private final List<BsonDocument> stages = new ArrayList<>();

    private QueryPlan(BsonValue plans) {
        collect(plans);
    }

    /** @param explained none if the server tells of plans in a way of its own */
    static Optional<QueryPlan> of(BsonDocument explained) {
        return explained.get("queryPlanner") instanceof BsonDocument planner && planner.containsKey("winningPlan")
                ? Optional.of(new QueryPlan(planner)).filter(plan -> !plan.stages.isEmpty())
                : Optional.empty();
    }

    private void collect(BsonValue value) {
        if (value instanceof BsonDocument document) {
            if (document.get(STAGE) instanceof BsonString) {
                stages.add(document);
            }
            document.forEach((name, part) -> {
                if (!QUESTIONS.contains(name)) {
                    collect(part);
                }
            });
        } else if (value.isArray()) {
            value.asArray().forEach(this::collect);
        }
    }

    /** Whether the server has an index for this query that begins with one of these fields. */
    boolean knowsIndexOn(Set<String> fields) {
        return stages.stream().anyMatch(stage -> beginsWithOneOf(fields, stage));
    }

    private static boolean beginsWithOneOf(Set<String> fields, BsonDocument stage) {
        if (stage.get("keyPattern") instanceof BsonDocument keys && !keys.isEmpty()) {
            return fields.contains(keys.getFirstKey());
        }
        // some that speak MongoDB's protocol tell an index's name alone
        return stage.get("indexName") instanceof BsonString name
                && !name.getValue().equals(INDEX_OF_IDS);
    }
}
