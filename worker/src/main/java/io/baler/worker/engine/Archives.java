package io.baler.worker.engine;

import io.baler.job.ArchivedFile;
import io.baler.job.Checkpoint;
import io.baler.job.ExportJob;
import io.baler.job.SignedManifest;
import io.baler.job.evidence.Manifest;
import io.baler.worker.archive.ArchiveDigest;
import io.baler.worker.archive.ArchiveSpec;
import io.baler.worker.archive.CompressionThreads;
import io.baler.worker.archive.ExportArchive;
import io.baler.worker.archive.ManifestDraft;
import io.baler.worker.archive.PartSink;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.signing.SigningKey;
import java.util.ArrayList;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of jobs what the worker's archives are made by. */
final class Archives {
    private static final Logger log = LoggerFactory.getLogger(Archives.class);

    private final CompressionThreads threads;
    private final SigningKey key;

    Archives(CompressionThreads threads, SigningKey key) {
        this.threads = threads;
        this.key = key;
    }

    /** Bytes that each may take for its files and parts. */
    long memory() {
        return threads.memory();
    }

    /**
     * Opens the archive that a job asks for, where its checkpoint stands.
     *
     * @param recorded the files of the committed parts, in order
     */
    ExportArchive open(ExportJob job, Iterable<ArchivedFile> recorded, PartSink parts) {
        warnOfAnotherLibrary(job);
        return ExportArchive.open(spec(job), job.checkpoint(), recorded, threads, parts);
    }

    private static void warnOfAnotherLibrary(ExportJob job) {
        var recorded = Objects.requireNonNull(job.engine()).compressor();
        if (DeflateLibrary.recordedAs(recorded)
                .filter(library -> !library.isHere())
                .isPresent()) {
            log.warn(
                    "Export {} was begun with {}, which this system has not: the JDK deflates what is left. Every record"
                            + " is right, but the archive's bytes are not those of an undisturbed export",
                    job.id(),
                    recorded);
        }
    }

    /** The signed statement that nothing matched. */
    SignedManifest noMatch(ExportJob job) {
        return ManifestDraft.ofNoMatch(spec(job)).withItsText();
    }

    /**
     * The manifest of a frozen archive, made again of what is recorded; the worker that completes it need not have
     * written it.
     */
    ManifestDraft manifest(ExportJob job, Iterable<ArchivedFile> recorded) {
        var fixed = Objects.requireNonNull(job.manifest());
        var files = new ArrayList<ArchivedFile>();
        recorded.forEach(files::add);
        return ManifestDraft.of(spec(job), files, new Manifest.Bytes(fixed.dataBytes(), fixed.dataSha256()));
    }

    /** SHA-256 of the whole archive, which a worker that completes it need not have written. */
    String sha256(Checkpoint frozen) {
        return ArchiveDigest.sha256(Objects.requireNonNull(frozen.digest()));
    }

    private ArchiveSpec spec(ExportJob job) {
        return ArchiveSpec.of(job, key);
    }
}
