package io.baler.cleanup;

import io.baler.job.JobQueries;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.BucketContents;
import io.baler.job.storage.ExportBucket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes uploads and objects of this installation that no job refers to: a worker died between beginning an upload and
 * writing it down, or something arrived after its garbage had been forgotten. Touches only keys that this installation
 * makes, and nothing that is younger than a day.
 */
final class Orphans implements Sweep {
    private static final Logger log = LoggerFactory.getLogger(Orphans.class);

    /** Far more than a worker needs to write down what it has begun, and than two hosts' clocks differ. */
    static final Duration AGE = Duration.ofHours(24);

    private final JobQueries found;
    private final ExportBucket bucket;
    private final BucketContents contents;
    private final ArchiveKeys keys;
    private final Clock clock;

    /** @param clock is compared with S3's dates */
    Orphans(JobQueries found, ExportBucket bucket, BucketContents contents, ArchiveKeys keys, Clock clock) {
        this.found = found;
        this.bucket = bucket;
        this.contents = contents;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "orphans";
    }

    @Override
    public void run(Round round) {
        // alone, too: a server that does not give one of the lists must not keep the other from being swept
        round.alone("the list of uploads", () -> sweep(round, "the list of uploads", uploads()));
        round.alone("the list of objects", () -> sweep(round, "the list of objects", objects()));
    }

    /** Always false: the round has counted each. */
    private boolean sweep(Round round, String listing, Stream<Candidate> all) {
        var cutoff = clock.instant().minus(AGE);
        var old = all.filter(it -> keys.isOurs(it.key) && it.since.isBefore(cutoff));
        if (found.isEmpty()) {
            report(listing, old.count(), "there is no job at all: they stay, for this may be the wrong database");
        } else if (found.hasNewer()) {
            report(
                    listing,
                    old.count(),
                    "a newer version of Baler has written jobs: they stay, for it knows whose they are");
        } else {
            // asks the jobs now that the bucket is being listed: what a job has come to refer to meanwhile is seen
            round.each(old, Candidate::name, candidate -> !candidate.isReferredTo.getAsBoolean(), this::remove);
        }
        return false;
    }

    private static void report(String listing, long old, String why) {
        if (old > 0) {
            log.warn("In {}, {} are ours and older than a day, but {}", listing, old, why);
        }
    }

    private boolean remove(Candidate candidate) {
        candidate.removal.run();
        log.info("Removed the {} of {}, to which no job refers", candidate.name, candidate.since);
        return true;
    }

    private Stream<Candidate> uploads() {
        return contents.uploads(keys.root()).map(this::candidate);
    }

    private Stream<Candidate> objects() {
        return contents.objects(keys.root()).map(this::candidate);
    }

    private Candidate candidate(BucketContents.OpenUpload upload) {
        return new Candidate(
                "upload " + upload.uploadId() + " of " + upload.key(),
                upload.key(),
                upload.initiated(),
                () -> found.refersToUpload(upload.key(), upload.uploadId()),
                () -> bucket.abort(upload.key(), upload.uploadId()));
    }

    private Candidate candidate(BucketContents.ListedObject object) {
        return new Candidate(
                "object " + object.key(),
                object.key(),
                object.lastModified(),
                () -> found.refersToObject(keys.archiveOf(object.key())),
                () -> contents.deleteForGood(object.key()));
    }

    /** @param since S3's own date */
    private record Candidate(String name, String key, Instant since, BooleanSupplier isReferredTo, Runnable removal) {}
}
