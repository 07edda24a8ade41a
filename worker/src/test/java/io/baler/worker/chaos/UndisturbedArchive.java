package io.baler.worker.chaos;

import io.baler.job.Checkpoint;
import io.baler.job.ExportJob;
import io.baler.worker.archive.ArchiveSpec;
import io.baler.worker.archive.CompressionThreads;
import io.baler.worker.archive.ExportArchive;
import io.baler.worker.signing.TestKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * What becomes of a job if nothing happens: its archive made here, in one go, with neither worker nor storage.
 *
 * @param records of the result set, in order
 */
record UndisturbedArchive(List<RawBsonDocument> records) {
    private static final CompressionThreads HERE = new CompressionThreads(Runnable::run, 1);

    String sha256(ExportJob job) {
        var digest = sha256();
        try (var archive = ExportArchive.open(
                ArchiveSpec.of(job, TestKey.KEY),
                Checkpoint.EMPTY,
                List.of(),
                HERE,
                part -> digest.update(part.bytes()))) {
            records.forEach(archive::append);
            archive.finish();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
