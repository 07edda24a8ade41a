package io.baler.api.export;

import io.baler.job.Attachment;
import io.baler.job.ExportJob;
import io.baler.job.audit.AuditAction;
import io.baler.job.audit.AuditTrail;
import io.baler.job.audit.AuditTrail.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.springframework.stereotype.Service;

/** Hands archives out, in one way or another, and nothing of one before that is written into the audit trail. */
@Service
final class ArchiveDelivery {
    private final Archives archives;
    private final ArchiveStreams streams;
    private final AuditTrail audit;

    ArchiveDelivery(Archives archives, ArchiveStreams streams, AuditTrail audit) {
        this.archives = archives;
        this.streams = streams;
        this.audit = audit;
    }

    URI link(ExportJob job, Caller caller) {
        var link = archives.linkTo(job);
        audit.did(AuditAction.DOWNLOADED, job.id(), caller.actor());
        return link;
    }

    /** To be closed. */
    InputStream stream(ExportJob job, Attachment archive, ByteRange range, Caller caller) throws IOException {
        var bytes = streams.open(archive, range);
        var audited = false;
        try {
            audit.did(AuditAction.DOWNLOADED, job.id(), actor(caller, range, archive));
            audited = true;
            return bytes;
        } finally {
            if (!audited) {
                bytes.close();
            }
        }
    }

    /**
     * Parts are audited like the whole, each of them, and say what they are: whether the bytes before have gone to the
     * same person nobody knows, and who leaves out the first one would else have the rest unseen.
     */
    private static Actor actor(Caller caller, ByteRange range, Attachment archive) {
        var actor = caller.actor();
        return range.equals(ByteRange.all(archive.size()))
                ? actor
                : new Actor(actor.name(), actor.ip(), actor.endpoint() + " " + range.of(archive.size()));
    }
}
