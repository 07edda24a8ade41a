package io.baler.worker.chaos;

import io.baler.job.Checkpoint;
import io.baler.job.ExportJob;
import io.baler.job.evidence.Manifest;
import io.baler.worker.archive.ArchiveSpec;
import io.baler.worker.archive.CompressionThreads;
import io.baler.worker.archive.ExportArchive;
import io.baler.worker.archive.ManifestFacts;
import io.baler.worker.archive.PartSchedule;
import io.baler.worker.format.Format;
import io.baler.worker.signing.TestKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bson.RawBsonDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What becomes of a job if nothing happens: its archive made here, in one go, with neither worker nor storage.
 *
 * @param records of the result set, in order
 */
record UndisturbedArchive(List<RawBsonDocument> records) {
    private static final CompressionThreads HERE = new CompressionThreads(Runnable::run, 1);

    String sha256(ExportJob job) {
        var digest = sha256();
        try (var archive =
                ExportArchive.open(spec(job), Checkpoint.EMPTY, List.of(), HERE, part -> digest.update(part.bytes()))) {
            records.forEach(archive::append);
            archive.finish();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static ArchiveSpec spec(ExportJob job) {
        var engine = Objects.requireNonNull(job.engine());
        JsonNode filters = JsonMapper.shared().valueToTree(job.filters());
        var selection = job.selection();
        var facts = new ManifestFacts(
                job.requestedBy(),
                filters,
                new Manifest.Source(selection.database(), selection.collection()),
                job.format(),
                Objects.requireNonNull(job.link()),
                job.expectedCount());
        return new ArchiveSpec(
                job.id(),
                job.asOf(),
                Format.of(job.format(), engine),
                engine,
                PartSchedule.startingAt(engine.partBytes()),
                facts,
                TestKey.KEY);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
