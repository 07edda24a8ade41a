package io.baler.worker.source;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.not;

import io.baler.job.ExportJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The frozen filters of a job as MongoDB queries. */
final class LogQuery {
    private final ExportJob job;

    LogQuery(ExportJob job) {
        this.job = job;
    }

    /** Every record that belongs, whatever its {@code _id}. */
    Bson matching() {
        var conditions = new ArrayList<Bson>();
        var selection = job.selection();
        if (selection.users() != null) {
            conditions.add(in(selection.userField(), selection.users()));
        }
        if (job.filters().actions() != null) {
            conditions.add(in(selection.actionField(), job.filters().actions()));
        }
        conditions.add(time(selection.timeField()));
        return and(conditions);
    }

    private Bson time(String field) {
        var filters = job.filters();
        if (!filters.restrictsTime()) {
            // not "at most": a record without a time belongs to an export that does not restrict it
            return not(gt(field, job.asOf()));
        }
        var upTo = lte(field, earlier(filters.dateTo(), job.asOf()));
        return filters.dateFrom() == null ? upTo : and(gte(field, filters.dateFrom()), upTo);
    }

    private static Instant earlier(@Nullable Instant dateTo, Instant asOf) {
        return dateTo == null || dateTo.isAfter(asOf) ? asOf : dateTo;
    }

    /** The latest time that a record of this export can have. */
    Instant end() {
        return earlier(job.filters().dateTo(), job.asOf());
    }

    /**
     * What is left, as one query per kind of {@code _id}, in order; together they match each record once.
     *
     * @param first the kind that the first record has, or that of {@code after}
     * @param after the last record that is done; none = nothing is done
     * @param last the largest {@code _id} that belongs
     */
    List<Bson> remaining(IdBracket first, @Nullable BsonValue after, BsonValue last) {
        var end = IdBracket.of(last);
        var queries = new ArrayList<Bson>();
        for (var bracket : IdBracket.values()) {
            if (bracket.compareTo(first) >= 0 && bracket.compareTo(end) <= 0) {
                var lower = bracket == first && after != null ? gt("_id", after) : new BsonDocument();
                var upper = bracket == end ? lte("_id", last) : bracket.all();
                queries.add(and(lower, upper, matching()));
            }
        }
        return queries;
    }
}
