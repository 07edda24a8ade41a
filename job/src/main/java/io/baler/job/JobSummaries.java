package io.baler.job;

import static io.baler.job.JobStatus.DELETED;
import static org.springframework.data.mongodb.core.query.Criteria.where;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;

/** Reads what people are told of jobs, at a cost that neither the jobs' size nor their number raises. */
public final class JobSummaries {
    private static final String CREATED = "createdAt";
    private static final String ID = "_id";

    private final MongoOperations mongo;

    /** Reads what the given MongoDB holds. */
    public JobSummaries(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** None if it never was, is a tombstone, or cannot be read by this version. */
    public Optional<JobSummary> find(String id) {
        return find(List.of(id)).stream().findFirst();
    }

    /** Who asked for it, in whatever version it is written. */
    public Optional<String> requesterOf(String id) {
        return documents(where(ID).is(id).and("status").ne(DELETED.value()), 1).stream()
                .flatMap(job -> Optional.ofNullable(job.getString("requestedBy")).stream())
                .findFirst();
    }

    /** Newest first; those that there are not are left out. */
    public List<JobSummary> find(Collection<String> ids) {
        return read(documents(where(ID).in(ids).and("status").ne(DELETED.value()), ids.size()));
    }

    /**
     * One page. It goes on by place and not by number, so that a list which changes meanwhile shows no job twice and
     * leaves none out that stays.
     */
    public JobPage page(JobSearch search) {
        // one more shows whether there is more
        var matching = documents(matching(search), search.limit() + 1);
        if (matching.size() <= search.limit()) {
            return new JobPage(read(matching), null);
        }
        var shown = matching.subList(0, search.limit());
        return new JobPage(read(shown), position(shown.get(shown.size() - 1)));
    }

    /** Equality, then a range in the order of the lists' indexes: no more is looked at. */
    private static Criteria matching(JobSearch search) {
        var all = new ArrayList<Criteria>();
        if (search.requestedBy() != null) {
            all.add(where("requestedBy").is(search.requestedBy()));
        }
        all.add(
                search.statuses().isEmpty()
                        ? where("status").ne(DELETED.value())
                        : where("status")
                                .in(search.statuses().stream()
                                        .map(JobStatus::value)
                                        .sorted()
                                        .toList()));
        if (search.from() != null) {
            all.add(where(CREATED).gte(search.from()));
        }
        var latest = latest(search);
        if (latest != null) {
            // its whole millisecond: the embedded server keeps parts of one that nobody is told
            all.add(where(CREATED).lt(latest.plusMillis(1)));
        }
        var after = search.after();
        if (after != null) {
            // beside the range: by this alone an index is not entered at the right place
            all.add(new Criteria()
                    .orOperator(where(CREATED).lt(after.createdAt()), where(ID).lt(after.id())));
        }
        return new Criteria().andOperator(all);
    }

    private static @Nullable Instant latest(JobSearch search) {
        var after = search.after();
        if (after == null) {
            return search.to();
        }
        return search.to() == null || after.createdAt().isBefore(search.to()) ? after.createdAt() : search.to();
    }

    /** By the driver: Spring would take an id that looks like an ObjectId for one. */
    private List<Document> documents(Criteria which, int most) {
        return Objects.requireNonNull(mongo.execute(
                ExportJob.class,
                jobs -> jobs.find(which.getCriteriaObject())
                        .projection(Projections.include(JobSummary.FIELDS))
                        .sort(Sorts.descending(CREATED, ID))
                        .limit(most)
                        .into(new ArrayList<>())));
    }

    private List<JobSummary> read(List<Document> stored) {
        return stored.stream()
                .flatMap(job -> JobDocuments.read(job, JobSummary.class, mongo.getConverter()).stream())
                .toList();
    }

    /** Of the document, since it may be one that cannot be read as a job. */
    @SuppressWarnings("JavaUtilDate") // what the driver hands out
    private static JobSearch.@Nullable Position position(Document job) {
        return job.get(CREATED) instanceof Date created && job.get(ID) instanceof String id
                ? new JobSearch.Position(created.toInstant(), id)
                : null;
    }
}
