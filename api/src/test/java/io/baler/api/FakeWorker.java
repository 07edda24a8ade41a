package io.baler.api;

import io.baler.job.ArchivedFile;
import io.baler.job.Attachment;
import io.baler.job.Bounds;
import io.baler.job.Claim;
import io.baler.job.Commit;
import io.baler.job.Engine;
import io.baler.job.ExportJob;
import io.baler.job.Failure;
import io.baler.job.IdKind;
import io.baler.job.IdRun;
import io.baler.job.InvalidRecords;
import io.baler.job.JobStore;
import io.baler.job.SignedManifest;
import io.baler.job.evidence.Manifest;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

/** Does with jobs what a worker does, by the store's own methods and in the real bucket; its archives are any bytes. */
final class FakeWorker {
    private static final Engine ENGINE = new Engine("fake", "fake", 6, 10, 1000, 1000, null);

    private final JobStore jobs;
    private final ExportBucket bucket;
    private final ArchiveKeys keys;
    private final FakeSigner signer = new FakeSigner();

    FakeWorker(ApiServer api) {
        this.jobs = api.jobs();
        this.bucket = api.bean(ExportBucket.class);
        this.keys = api.bean(ArchiveKeys.class);
    }

    FakeSigner signer() {
        return signer;
    }

    Claim claim(String id) {
        return jobs.claim(id, "fake-worker", Duration.ofSeconds(10)).orElseThrow();
    }

    /** Claims the job and fixes how many records there are. */
    Claim begin(String id, @Nullable Long expected) {
        return jobs.linkToChain(jobs.fixResultSet(claim(id), new Bounds(new BsonInt32(7)), expected, ENGINE));
    }

    /** Commits the archive as one part of so many records, which freezes it; all of it counts as its manifest. */
    Claim upload(String id, byte[] archive, int records) {
        var claim = begin(id, (long) records);
        return upload(claim, archive, records, signer.sign(claim, archive, 0));
    }

    private Claim upload(Claim begun, byte[] archive, int records, @Nullable SignedManifest manifest) {
        var format = begun.job().format();
        var key = keys.keyOf(begun.job());
        var uploadId = bucket.beginUpload(key, format.mediaType());
        var claim = jobs.beginUpload(begun, key, uploadId);
        var part = bucket.uploadPart(key, uploadId, 1, ByteBuffer.wrap(archive), checksum(archive), claim.epoch());
        var id7 = new BsonInt32(7);
        var ids = List.of(new IdRun(IdKind.NUMBER, records));
        var file = new ArchivedFile(
                "f", 0, archive.length, archive.length, 0, records, id7, id7, "00", ids, InvalidRecords.NONE);
        return jobs.commit(claim, new Commit(part, List.of(file), id7, records, archive.length, "digest", 1, manifest));
    }

    ExportJob complete(String id, byte[] archive, Instant expiresAt) {
        return complete(upload(id, archive, 3), archive, expiresAt);
    }

    /** With an archive that holds the manifest between other bytes, or has it beside it if it cannot. */
    ExportJob completeWithManifest(String id, byte[] manifest, Instant expiresAt) {
        var claim = begin(id, 3L);
        var format = claim.job().format();
        var archive = ByteBuffer.allocate(5 + manifest.length + 5)
                .put("data:".getBytes(StandardCharsets.UTF_8))
                .put(manifest)
                .put(":tail".getBytes(StandardCharsets.UTF_8))
                .array();
        var signed = signer.sign(claim, manifest, format.holdsManifest() ? 5 : 0);
        var frozen = upload(claim, archive, 3, signed);
        if (!format.holdsManifest()) {
            var key = keys.keyOf(frozen.job());
            bucket.put(key + Manifest.SUFFIX, manifest, "application/json");
            bucket.put(
                    key + Manifest.SIGNATURE_SUFFIX,
                    Base64.getDecoder().decode(signed.signature()),
                    "application/octet-stream");
        }
        return complete(frozen, archive, expiresAt);
    }

    /** As workers did before there were manifests. */
    ExportJob completeWithoutManifest(String id, byte[] archive, Instant expiresAt) {
        return complete(upload(begin(id, 3L), archive, 3, null), archive, expiresAt);
    }

    private ExportJob complete(Claim claim, byte[] archive, Instant expiresAt) {
        var etag = completeUpload(claim.job());
        var key = keys.keyOf(claim.job());
        var fileName = keys.fileNameOf(claim.job());
        var sha256 = FakeSigner.sha256(archive);
        return jobs.complete(
                claim, new Attachment(bucket.name(), key, fileName, archive.length, etag, sha256, expiresAt));
    }

    /** Makes the object of the job's parts and returns its ETag. */
    String completeUpload(ExportJob job) {
        var checkpoint = job.checkpoint();
        return bucket.completeUpload(
                String.valueOf(checkpoint.key()), String.valueOf(checkpoint.uploadId()), checkpoint.parts());
    }

    ExportJob completeWithoutMatch(String id) {
        var claim = jobs.linkToChain(jobs.fixResultSet(claim(id), new Bounds(null), 0L, ENGINE));
        return jobs.completeWithoutMatch(claim, signer.signNoMatch(claim));
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
