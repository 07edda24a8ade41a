package io.baler.job;

import static io.baler.job.JobStatus.COMPLETED;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;

/**
 * The part of {@link JobStore} that knows which manifest is the last of its chain. While a job is live no other of its
 * chain is, so none can be completed: what is found for it then holds until it ends.
 */
final class ManifestChain {
    /** The last manifest of each chain whose job has been deleted. Kept for ever: a gap must show, however late. */
    static final String COLLECTION = "manifestChains";

    private final MongoOperations mongo;

    ManifestChain(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Where a manifest that is made now has its place. */
    ChainLink next(ExportJob live) {
        return Stream.of(lastOfJobs(live), lastOfDeleted(live))
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(Last::position))
                .map(last -> new ChainLink(last.position() + 1, last.sha256(), last.job()))
                .orElse(ChainLink.FIRST);
    }

    private record Last(int position, String sha256, String job) {}

    private Optional<Last> lastOfJobs(ExportJob live) {
        var completed = query(where("requestedBy")
                        .is(live.requestedBy())
                        .and("filterHash")
                        .is(live.filterHash())
                        .and("status")
                        .is(COMPLETED)
                        .and("manifest.position")
                        .exists(true))
                .with(Sort.by("manifest.position").descending())
                .limit(1);
        completed.fields().include("manifest.position", "manifest.sha256");
        return Optional.ofNullable(mongo.findOne(completed, Document.class, ExportJob.COLLECTION))
                .map(job -> last(job.get("manifest", Document.class), job.getString("_id")));
    }

    private Optional<Last> lastOfDeleted(ExportJob live) {
        return Optional.ofNullable(mongo.findById(keyOf(live), Document.class, COLLECTION))
                .map(kept -> last(kept, kept.getString("job")));
    }

    private static Last last(Document manifest, String job) {
        return new Last(manifest.getInteger("position"), manifest.getString("sha256"), job);
    }

    /** To be called before the job is deleted: its manifest is remembered unless a later one is already. */
    void remember(ExportJob job) {
        var manifest = job.manifest();
        if (job.status() != COMPLETED || manifest == null) {
            return;
        }
        var earlier = query(where("_id").is(keyOf(job)).and("position").lt(manifest.position()));
        var last = new Update()
                .set("position", manifest.position())
                .set("sha256", manifest.sha256())
                .set("job", job.id());
        try {
            mongo.upsert(earlier, last, COLLECTION);
        } catch (DuplicateKeyException later) {
            // one as late or later is remembered
        }
    }

    private static String keyOf(ExportJob job) {
        return NewJob.liveKey(job.requestedBy(), job.filterHash());
    }
}
