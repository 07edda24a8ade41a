package io.baler.job;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.util.Comparator;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * The files of each uploaded part, as immutable documents beside the job: a job with thousands of files stays far
 * from MongoDB's 16 MB. Counts only what a job's checkpoint names; the rest is what lost claims left behind.
 */
final class PartStore {
    static final String COLLECTION = "exportParts";

    private final MongoOperations mongo;

    PartStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    void insert(Claim claim, Commit commit) {
        var key = new PartKey(claim.jobId(), claim.job().gen(), commit.part().n(), claim.epoch());
        try {
            mongo.insert(new PartFiles(key, commit.files()), COLLECTION);
        } catch (DuplicateKeyException sentBefore) {
            // the answer to the first insert was lost; equal key, equal content
        }
    }

    /** Loads lazily, one part at a time. */
    Iterable<ArchivedFile> filesOf(ExportJob job) {
        var committed = job.checkpoint().parts().stream()
                .sorted(Comparator.comparingInt(UploadedPart::n))
                .toList();
        return () -> committed.stream()
                .flatMap(part -> filesOf(new PartKey(job.id(), job.gen(), part.n(), part.epoch())).stream())
                .iterator();
    }

    private List<ArchivedFile> filesOf(PartKey key) {
        var part = mongo.findOne(query(where("_id").is(key)), PartFiles.class, COLLECTION);
        if (part == null) {
            throw new ExportFailed(
                    "checkpoint-damaged",
                    "The file list of part " + key.n() + " is missing in " + COLLECTION
                            + ". The logs themselves are untouched; request the export again.");
        }
        return part.files();
    }

    void deleteAll(String jobId) {
        mongo.remove(query(where("_id.jobId").is(jobId)), COLLECTION);
    }

    /** Field order matters: MongoDB compares embedded documents as bytes. */
    record PartKey(String jobId, int gen, int n, long epoch) {}

    record PartFiles(@Id PartKey id, List<ArchivedFile> files) {}
}
