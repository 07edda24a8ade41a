package io.baler.job.source;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.type;

import io.baler.job.ExportFailed;
import io.baler.job.ExportJob;
import io.baler.job.IdKind;
import io.baler.job.LogFilters;
import io.baler.job.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Frozen filters as MongoDB queries: the one rule for which records belong to an export.
 *
 * @param asOf no later record belongs
 */
public record LogQuery(LogFilters filters, Selection selection, Instant asOf) {

    /** Of what the job exports. */
    public static LogQuery of(ExportJob job) {
        return new LogQuery(job.filters(), job.selection(), job.asOf());
    }

    /** Every record that belongs, whatever its {@code _id}. */
    public Bson matching() {
        var conditions = new ArrayList<Bson>();
        if (selection.users() != null) {
            conditions.add(in(selection.userField(), selection.users()));
        }
        if (filters.actions() != null) {
            conditions.add(in(selection.actionField(), filters.actions()));
        }
        conditions.add(time(selection.timeField()));
        return and(conditions);
    }

    private Bson time(String field) {
        if (!filters.restrictsTime()) {
            // not "at most": a record without a time belongs to an export that does not restrict it
            return not(gt(field, asOf));
        }
        var upTo = lte(field, end());
        return filters.dateFrom() == null ? upTo : and(gte(field, filters.dateFrom()), upTo);
    }

    /** The latest time that a record of this export can have. */
    public Instant end() {
        var dateTo = filters.dateTo();
        return dateTo == null || dateTo.isAfter(asOf) ? asOf : dateTo;
    }

    /**
     * What is left, as one query per kind of {@code _id}, in order; together they match each record once.
     *
     * @param first the smallest {@code _id} that belongs, so that what lies before it is not looked at; not needed with
     *     {@code after}. None = nothing belongs any more
     * @param after the last record that is done; none = nothing is done
     * @param last the largest {@code _id} that belongs
     */
    public List<Bson> remaining(@Nullable BsonValue first, @Nullable BsonValue after, BsonValue last) {
        var begin = after == null ? first : after;
        if (begin == null) {
            return List.of();
        }
        var from = after == null ? gte("_id", begin) : gt("_id", begin);
        var start = kindOf(begin);
        var end = kindOf(last);
        var queries = new ArrayList<Bson>();
        for (var kind : IdKind.values()) {
            if (kind.compareTo(start) >= 0 && kind.compareTo(end) <= 0) {
                var lower = kind == start ? from : new BsonDocument();
                var upper = kind == end ? lte("_id", last) : all(kind);
                queries.add(and(lower, upper, matching()));
            }
        }
        return queries;
    }

    /**
     * The kind of a record's {@code _id}: {@code $gt} and {@code $lte} match only within the kind of their operand and
     * skip all others silently, so a collection of several kinds is read kind by kind.
     *
     * @throws ExportFailed if it has none
     */
    public static IdKind kindOf(BsonValue id) {
        return IdKind.of(id.getBsonType())
                .orElseThrow(() -> new ExportFailed(
                        "unsupported-id",
                        "A record's _id is of the type " + id.getBsonType()
                                + ", which cannot be exported in order. The logs are untouched."));
    }

    /** Matches every {@code _id} of this kind. */
    private static Bson all(IdKind kind) {
        // not by $type, which some servers do not know for the long deprecated symbols
        return kind == IdKind.STRING
                ? gte("_id", "")
                : or(kind.types().stream().map(type -> type("_id", type)).toList());
    }
}
