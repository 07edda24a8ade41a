package io.baler.worker.source;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.type;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import io.baler.job.Bounds;
import io.baler.job.ExportFailed;
import io.baler.job.ExportJob;
import io.baler.job.source.LogDatabase;
import io.baler.job.source.LogQuery;
import io.baler.job.source.RecordReads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit logs as an export sees them: a result set that is fixed once and then read in order. */
public final class LogSource {
    private static final Logger log = LoggerFactory.getLogger(LogSource.class);
    private static final long COUNT_SECONDS = 60;
    private static final long MOST_BYTES_LOOKED_AT = 16 << 20;

    private final LogDatabase database;
    private final ReadPace pace;
    private final IndexAdvisor advisor = new IndexAdvisor();

    public LogSource(LogDatabase database, ReadPace pace) {
        this.database = database;
        this.pace = pace;
    }

    /**
     * The end of the result set and its size as the first claim finds them.
     *
     * @param count none if counting took longer than a minute
     */
    public record Survey(Bounds bounds, @Nullable Long count) {}

    /**
     * Looks where the result set ends and how large it is.
     *
     * @throws ExportFailed if the time field holds something that no date filter would ever match
     */
    public Survey survey(ExportJob job) {
        refuseTimesThatAreNoDates(job);
        var matching = LogQuery.of(job).matching();
        var last = edge(job, matching, descending("_id"));
        if (last.isEmpty()) {
            return new Survey(new Bounds(null), 0L);
        }
        var queries = LogQuery.of(job).remaining(first(job).orElse(null), null, last.get());
        if (!queries.isEmpty()) {
            advisor.look(job, logs(job).find(queries.get(0)).sort(ascending("_id")));
        }
        return new Survey(new Bounds(last.get()), count(job, queries));
    }

    /** When the latest record that can belong was written; a result set that reaches close to now must settle first. */
    public Instant endOf(ExportJob job) {
        return LogQuery.of(job).end();
    }

    /** The first records of the result set, at most so many and at most 16 MiB of them. */
    public List<RawBsonDocument> first(ExportJob job, Bounds bounds, int most) {
        var last = bounds.lastId();
        if (last == null) {
            return List.of();
        }
        var found = new ArrayList<RawBsonDocument>();
        long bytes = 0;
        try (var batches = new LogBatches(() -> records(job), LogQuery.of(job), () -> first(job), null, last, pace)) {
            for (var batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
                for (var record : batch) {
                    bytes += record.getByteLength();
                    if (found.size() == most || bytes > MOST_BYTES_LOOKED_AT) {
                        return found;
                    }
                    found.add(record);
                }
            }
        }
        return found;
    }

    /**
     * Opens the records behind the job's checkpoint, ascending by {@code _id}.
     *
     * @param reads for the cursor alone until it is closed
     * @param last the job's fixed bound
     */
    public LogCursor open(InterruptibleReads reads, ExportJob job, BsonValue last) {
        var after = job.checkpoint().lastExportedId();
        return new LogCursor(
                reads, new LogBatches(() -> records(job), LogQuery.of(job), () -> first(job), after, last, pace));
    }

    /** The smallest {@code _id} that belongs. */
    private Optional<BsonValue> first(ExportJob job) {
        return edge(job, LogQuery.of(job).matching(), ascending("_id"));
    }

    private @Nullable Long count(ExportJob job, List<Bson> queries) {
        var options = new CountOptions().maxTime(COUNT_SECONDS, TimeUnit.SECONDS);
        try {
            return queries.stream()
                    .mapToLong(query -> logs(job).countDocuments(query, options))
                    .sum();
        } catch (MongoExecutionTimeoutException tooLong) {
            log.info("Export {}: counting took longer than {} s; it goes on without a total", job.id(), COUNT_SECONDS);
            return null;
        }
    }

    private Optional<BsonValue> edge(ExportJob job, Bson matching, Bson order) {
        return Optional.ofNullable(logs(job)
                        .find(matching)
                        .sort(order)
                        .allowDiskUse(true)
                        .projection(include("_id"))
                        .limit(1)
                        .first())
                .map(record -> RecordPlace.of(record, null));
    }

    private void refuseTimesThatAreNoDates(ExportJob job) {
        if (!job.filters().restrictsTime()) {
            return;
        }
        var field = job.selection().timeField();
        try {
            var other = logs(job)
                    .find(and(ne(field, null), not(type(field, BsonType.DATE_TIME))))
                    .projection(include("_id"))
                    .maxTime(COUNT_SECONDS, TimeUnit.SECONDS)
                    .limit(1)
                    .first();
            if (other != null) {
                throw new ExportFailed(
                        "time-is-no-date",
                        "The field '" + field + "' (baler.source.fields.time) holds something other than a date in some"
                                + " records of " + job.selection().collection()
                                + ", which no date filter matches, so records would be"
                                + " missing. Store it as a date, name another field, or export without dates. Nothing was exported.");
            }
        } catch (MongoExecutionTimeoutException tooLong) {
            log.info("Export {}: could not look at every record's '{}' in {} s", job.id(), field, COUNT_SECONDS);
        }
    }

    private RecordReads records(ExportJob job) {
        return database.records(job.selection());
    }

    private MongoCollection<RawBsonDocument> logs(ExportJob job) {
        return database.logs(job.selection());
    }
}
