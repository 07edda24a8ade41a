package io.baler.api;

import io.baler.job.ArchivedFile;
import io.baler.job.Attachment;
import io.baler.job.Bounds;
import io.baler.job.Claim;
import io.baler.job.Commit;
import io.baler.job.Engine;
import io.baler.job.ExportJob;
import io.baler.job.Failure;
import io.baler.job.JobStore;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/** Does with jobs what a worker does, by the store's own methods and in the real bucket; its archives are any bytes. */
final class FakeWorker {
    private static final Engine ENGINE = new Engine("fake", "fake", 6, 10, 1000, 1000);

    private final JobStore jobs;
    private final ExportBucket bucket;
    private final ArchiveKeys keys;

    FakeWorker(ApiServer api) {
        this.jobs = api.jobs();
        this.bucket = api.bean(ExportBucket.class);
        this.keys = api.bean(ArchiveKeys.class);
    }

    Claim claim(String id) {
        return jobs.claim(id, "fake-worker", Duration.ofSeconds(10)).orElseThrow();
    }

    /** Claims the job and fixes how many records there are. */
    Claim begin(String id, @Nullable Long expected) {
        return jobs.fixResultSet(claim(id), new Bounds(new BsonInt32(7)), expected, ENGINE);
    }

    /** Commits the archive as one part of so many records, which freezes it. */
    Claim upload(String id, byte[] archive, int records) {
        var claim = begin(id, (long) records);
        var key = keys.keyOf(claim.job());
        var uploadId = bucket.beginUpload(key);
        claim = jobs.beginUpload(claim, key, uploadId);
        var part = bucket.uploadPart(key, uploadId, 1, ByteBuffer.wrap(archive), checksum(archive), claim.epoch());
        var id7 = new BsonInt32(7);
        var file = new ArchivedFile("f", 0, archive.length, archive.length, 0, records, id7, id7, "00");
        return jobs.commit(claim, new Commit(part, List.of(file), id7, records, archive.length, "digest", 1, true));
    }

    ExportJob complete(String id, byte[] archive, Instant expiresAt) {
        var claim = upload(id, archive, 3);
        var etag = completeUpload(claim.job());
        var key = keys.keyOf(claim.job());
        var fileName = keys.fileNameOf(claim.job());
        return jobs.complete(
                claim, new Attachment(bucket.name(), key, fileName, archive.length, etag, "0123abcd", expiresAt));
    }

    /** Makes the object of the job's parts and returns its ETag. */
    String completeUpload(ExportJob job) {
        var checkpoint = job.checkpoint();
        return bucket.completeUpload(
                String.valueOf(checkpoint.key()), String.valueOf(checkpoint.uploadId()), checkpoint.parts());
    }

    ExportJob completeWithoutMatch(String id) {
        return jobs.complete(jobs.fixResultSet(claim(id), new Bounds(null), 0L, ENGINE), null);
    }

    ExportJob fail(String id) {
        return jobs.fail(claim(id), new Failure("source-unreachable", "The source went away; resume continues"));
    }

    private static String checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
