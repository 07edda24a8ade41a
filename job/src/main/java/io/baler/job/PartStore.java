package io.baler.job;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * The files of each uploaded part, as immutable documents beside the job: a job with thousands of files stays far
 * from MongoDB's 16 MB. Counts only what a job's checkpoint names; the rest is what lost claims left behind.
 */
final class PartStore {
    static final String COLLECTION = "exportParts";

    /** Far below MongoDB's 16 MB, whatever the names and ids of the files, and the invalid records named with them. */
    private static final int FILES_A_PAGE = 2_000;

    private final MongoOperations mongo;

    PartStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    void insert(Claim claim, Commit commit) {
        var files = commit.files();
        // a commit without a file has a document, too
        int pages = Math.max(1, (files.size() + FILES_A_PAGE - 1) / FILES_A_PAGE);
        for (int page = 0; page < pages; page++) {
            var key =
                    new PartKey(claim.jobId(), claim.job().gen(), commit.part().n(), claim.epoch(), page);
            int from = page * FILES_A_PAGE;
            var inPage = files.subList(from, Math.min(files.size(), from + FILES_A_PAGE));
            try {
                mongo.insert(new PartFiles(key, pages, inPage), COLLECTION);
            } catch (DuplicateKeyException sentBefore) {
                // the answer to the first insert was lost; equal key, equal content
            }
        }
    }

    /** Loads lazily, some files at a time. */
    Iterable<ArchivedFile> filesOf(ExportJob job) {
        var committed = job.checkpoint().parts().stream()
                .sorted(Comparator.comparingInt(UploadedPart::n))
                .toList();
        return () -> committed.stream()
                .flatMap(part -> filesOf(new PartKey(job.id(), job.gen(), part.n(), part.epoch(), 0)))
                .iterator();
    }

    private Stream<ArchivedFile> filesOf(PartKey first) {
        var page = page(first);
        return Stream.concat(
                page.files().stream(),
                IntStream.range(1, page.pages()).boxed().flatMap(n -> page(first.page(n)).files().stream()));
    }

    private PartFiles page(PartKey key) {
        var page = mongo.findOne(query(where("_id").is(key)), PartFiles.class, COLLECTION);
        if (page == null) {
            throw new ExportFailed(
                    "checkpoint-damaged",
                    "The file list of part " + key.n() + " is missing in " + COLLECTION
                            + ". The logs themselves are untouched; request the export again.");
        }
        return page;
    }

    void deleteAll(String jobId) {
        mongo.remove(query(where("_id.jobId").is(jobId)), COLLECTION);
    }

    /** Field order matters: MongoDB compares embedded documents as bytes. */
    record PartKey(String jobId, int gen, int n, long epoch, int page) {
        PartKey page(int other) {
            return new PartKey(jobId, gen, n, epoch, other);
        }
    }

    /** @param pages that the part's files are in, each a document of its own */
    record PartFiles(@Id PartKey id, int pages, List<ArchivedFile> files) {}
}
