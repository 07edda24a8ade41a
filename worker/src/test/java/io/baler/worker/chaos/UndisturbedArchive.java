package io.baler.worker.chaos;

import io.baler.job.Checkpoint;
import io.baler.job.ExportJob;
import io.baler.worker.archive.ArchiveSpec;
import io.baler.worker.archive.Deflaters;
import io.baler.worker.archive.ManifestFacts;
import io.baler.worker.archive.PartSchedule;
import io.baler.worker.archive.ZipArchive;
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
    private static final Deflaters HERE = new Deflaters(Runnable::run, 1);

    String sha256(ExportJob job) {
        var digest = sha256();
        try (var archive =
                ZipArchive.open(spec(job), Checkpoint.EMPTY, List.of(), HERE, part -> digest.update(part.bytes()))) {
            records.forEach(archive::append);
            archive.finish();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static ArchiveSpec spec(ExportJob job) {
        var engine = Objects.requireNonNull(job.engine());
        JsonNode filters = JsonMapper.shared().valueToTree(job.filters());
        var facts = new ManifestFacts(job.requestedBy(), filters, job.format(), job.expectedCount());
        return new ArchiveSpec(job.id(), job.asOf(), engine, PartSchedule.startingAt(engine.partBytes()), facts);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
