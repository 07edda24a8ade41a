package io.baler.worker.source;

import com.mongodb.ExplainVerbosity;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.FindIterable;
import io.baler.job.ExportJob;
import io.baler.job.LogFilters;
import io.baler.job.Selection;
import io.baler.job.source.LogQuery;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server how it would find an export's records, and names the index to create where it would have to look at
 * records of everybody. Advice only: without the index an export is slow, and right all the same.
 */
final class IndexAdvisor {
    private static final Logger log = LoggerFactory.getLogger(IndexAdvisor.class);
    private static final long PATIENCE_SECONDS = 10;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Warns of an index that is missing, of each once in the life of this worker. Says nothing where the server does not
     * explain, or may not.
     *
     * @param read the query that the export's records are read with
     */
    void look(ExportJob job, FindIterable<RawBsonDocument> read) {
        var query = LogQuery.of(job);
        if (fields(query).isEmpty()) {
            return;
        }
        try {
            var explained = read.maxTime(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .explain(BsonDocument.class, ExplainVerbosity.QUERY_PLANNER);
            missing(query, explained).filter(told::add).ifPresent(index -> warn(job, index));
        } catch (MongoCommandException | MongoExecutionTimeoutException unexplained) {
            log.debug("How the logs are found could not be asked ({})", unexplained.getCode());
        }
    }

    private static void warn(ExportJob job, String index) {
        log.warn(
                "Export {}: no index of {} fits its filters, so MongoDB looks at every record between its first and its"
                        + " last _id. Nothing will be missing, but it takes longer and weighs on the database. Create: {}",
                job.id(),
                job.selection().collection(),
                index);
    }

    /** The command of mongosh that creates the index which the server lacks for this query. */
    static Optional<String> missing(LogQuery query, BsonDocument explained) {
        var fields = fields(query);
        return QueryPlan.of(explained)
                .filter(plan -> !fields.isEmpty() && !plan.knowsIndexOn(fields))
                .map(plan -> command(query));
    }

    /** What the query narrows by; none where every record belongs. */
    private static Set<String> fields(LogQuery query) {
        var fields = new LinkedHashSet<>(equal(query));
        if (query.filters().restrictsTime()) {
            fields.add(query.selection().timeField());
        }
        return fields;
    }

    private static Set<String> equal(LogQuery query) {
        var equal = new LinkedHashSet<String>();
        if (query.selection().users() != null) {
            equal.add(query.selection().userField());
        }
        if (query.filters().actions() != null) {
            equal.add(query.selection().actionField());
        }
        return equal;
    }

    /**
     * Equality, then the order, then the range, as MongoDB's manual has it; where there is a range alone it comes first,
     * and holds the ids that the result set is bounded by.
     */
    private static String command(LogQuery query) {
        LogFilters filters = query.filters();
        Selection selection = query.selection();
        var equal = equal(query);
        var time = filters.restrictsTime() ? Stream.of(selection.timeField()) : Stream.<String>empty();
        var keys = equal.isEmpty()
                ? Stream.concat(time, Stream.of("_id"))
                : Stream.of(equal.stream(), Stream.of("_id"), time).flatMap(part -> part);
        return "db.getSiblingDB(\"" + selection.database() + "\").getCollection(\"" + selection.collection()
                + "\").createIndex({"
                + keys.map(key -> "\"" + key + "\": 1").collect(Collectors.joining(", ")) + "})";
    }
}
