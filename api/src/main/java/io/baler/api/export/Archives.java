package io.baler.api.export;

import io.baler.job.Attachment;
import io.baler.job.ExportJob;
import io.baler.job.storage.ExportBucket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** Gives the way to an archive, or says why there is none. */
@Service
final class Archives {
    /** Long enough to follow a redirect; whoever finds the link later has nothing of it. */
    static final Duration VALIDITY = Duration.ofMinutes(5);

    private final ExportBucket bucket;
    private final Clock clock;

    Archives(ExportBucket bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /** The archive that there is to download; ends the call with the reason if there is none. */
    Attachment of(ExportJob job) {
        return switch (job.status()) {
            case QUEUED, EXPORTING, UPLOADING -> throw ExportProblems.notReady(job);
            case COMPLETED -> ofCompleted(job);
            case FAILED -> throw ExportProblems.failed(job);
            case CANCELLED -> throw ExportProblems.cancelled(endOf(job));
            case EXPIRED -> throw ExportProblems.overdue(endOf(job));
            case DELETED -> throw ExportProblems.notFound();
        };
    }

    private Attachment ofCompleted(ExportJob job) {
        var archive = job.attachment();
        if (archive == null) {
            // the sweep takes the archive away first and then the job
            throw job.hasNoResults() ? ExportProblems.noResults() : ExportProblems.expired(job.updatedAt());
        }
        if (!clock.instant().isBefore(archive.expiresAt())) {
            throw ExportProblems.expired(archive.expiresAt());
        }
        return archive;
    }

    /** A link that is a secret for {@link #VALIDITY}: into the answer with it, and nowhere else. */
    URI linkTo(ExportJob job) {
        var archive = of(job);
        return bucket.presign(archive.key(), archive.fileName(), job.format().mediaType(), VALIDITY);
    }

    private static Instant endOf(ExportJob job) {
        return job.endedAt() == null ? job.updatedAt() : job.endedAt();
    }
}
