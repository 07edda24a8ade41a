package io.baler.worker.engine;

import io.baler.job.ArchivedFile;
import io.baler.job.Checkpoint;
import io.baler.job.ExportJob;
import io.baler.worker.archive.ArchiveDigest;
import io.baler.worker.archive.ArchiveSpec;
import io.baler.worker.archive.Deflaters;
import io.baler.worker.archive.ManifestFacts;
import io.baler.worker.archive.PartSchedule;
import io.baler.worker.archive.PartSink;
import io.baler.worker.archive.ZipArchive;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Opens the archive that a job asks for, where its checkpoint stands. */
final class Archives {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Deflaters deflaters;

    Archives(Deflaters deflaters) {
        this.deflaters = deflaters;
    }

    /** @param recorded the files of the committed parts, in order */
    ZipArchive open(ExportJob job, Iterable<ArchivedFile> recorded, PartSink parts) {
        var facts = new ManifestFacts(
                job.requestedBy(), JSON.valueToTree(job.filters()), job.format(), job.expectedCount());
        var engine = Objects.requireNonNull(job.engine());
        var spec = new ArchiveSpec(job.id(), job.asOf(), engine, PartSchedule.startingAt(engine.partBytes()), facts);
        return ZipArchive.open(spec, job.checkpoint(), recorded, deflaters, parts);
    }

    /** SHA-256 of the whole archive, which a worker that completes it need not have written. */
    String sha256(Checkpoint frozen) {
        return ArchiveDigest.sha256(Objects.requireNonNull(frozen.digest()));
    }
}
