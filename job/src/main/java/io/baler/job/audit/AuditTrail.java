package io.baler.job.audit;

import io.baler.job.ExportJob;
import io.baler.job.JobSummary;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * Who exported what, downloaded it, or put an end to it: written in the shape of the logs themselves, before it takes
 * effect, so that nothing is done which nobody can find out about. If it cannot be written, it must not be done.
 *
 * <p>Requests and ends are written once for each job and end, however often they are said.
 */
public final class AuditTrail {
    private static final String TARGET = "ExportJob";

    private final MongoOperations mongo;
    private final AuditSettings settings;
    private final Clock clock;

    public AuditTrail(MongoOperations mongo, AuditSettings settings, Clock clock) {
        this.mongo = mongo;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Who did it, and from where.
     *
     * @param ip none where a message asked for it
     * @param endpoint method and path, or the topic
     */
    public record Actor(String name, @Nullable String ip, String endpoint) {}

    /** That the job was asked for; the first account of it stays. */
    public void requested(ExportJob job, Actor by) {
        once(job.id() + ":requested", AuditAction.REQUESTED, job.id(), by);
    }

    /** How the job ended; and that it was asked for, should whoever took the request not have come to say it. */
    public void ended(ExportJob job) {
        requested(job, new Actor(job.requestedBy(), null, "baler"));
        var action = AuditAction.ofEnd(job);
        var id = job.id() + ":" + job.epoch() + ":" + job.status().value();
        once(id, action, job.id(), new Actor(job.requestedBy(), null, "baler"));
    }

    /** What somebody does with a job. */
    public void did(AuditAction action, String jobId, Actor by) {
        mongo.insert(record(new ObjectId(), action, jobId, by), settings.collection());
    }

    /**
     * That somebody is about to see others' jobs: one record however many they are. Whose they are is in the snapshot.
     * A single one is named as elsewhere, several as a list, which MongoDB finds by each of them.
     */
    public void saw(List<JobSummary> others, Actor by) {
        var ids = others.stream().map(JobSummary::id).toList();
        var requesters =
                others.stream().map(JobSummary::requestedBy).distinct().sorted().toList();
        var record = record(new ObjectId(), AuditAction.SEEN_BY_ADMIN, oneOrAll(ids), by);
        record.get("snapshot", Document.class).append("requestedBy", oneOrAll(requesters));
        mongo.insert(record, settings.collection());
    }

    private static Object oneOrAll(List<String> values) {
        return values.size() == 1 ? values.get(0) : values;
    }

    private void once(String id, AuditAction action, String jobId, Actor by) {
        try {
            mongo.insert(record(id, action, jobId, by), settings.collection());
        } catch (DuplicateKeyException said) {
            // before
        }
    }

    @SuppressWarnings("JavaUtilDate") // what the driver takes
    private Document record(Object id, AuditAction action, Object target, Actor by) {
        var record = new Document("_id", id)
                .append("user", by.name())
                .append("endpoint", by.endpoint())
                .append("targetModel", TARGET)
                .append("target", target)
                .append("action", action.value())
                .append("snapshot", new Document("username", by.name()))
                .append("createdAt", Date.from(clock.instant()));
        return by.ip() == null ? record : record.append("ip", by.ip());
    }
}
