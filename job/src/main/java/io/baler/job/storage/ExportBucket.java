package io.baler.job.storage;

import static io.baler.job.storage.S3Calls.await;
import static io.baler.job.storage.S3Calls.codeOf;
import static io.baler.job.storage.S3Calls.told;

import io.baler.job.UploadedPart;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The bucket that archives live in, as exports and downloads need it; {@link BucketContents} is what the sweeps see of
 * it. Calls block, and end at once when the calling thread is interrupted: the request in flight is then cancelled.
 */
public final class ExportBucket implements AutoCloseable {
    private static final List<String> PARTS_UNUSABLE =
            List.of("InvalidPart", "InvalidPartOrder", "EntityTooSmall", "BadDigest");
    private static final String ETAG = "an ETag";

    private final S3AsyncClient s3;
    private final S3Presigner presigner;
    private final String bucket;
    private final @Nullable String kmsKey;
    private final @Nullable ServerSideEncryption encryption;

    /** Owns both, and closes them. Objects are encrypted as the bucket does it by itself. */
    public ExportBucket(S3AsyncClient s3, S3Presigner presigner, String bucket) {
        this(s3, presigner, bucket, null);
    }

    /** @param kmsKey that every object is encrypted with; none = as the bucket does it by itself */
    public ExportBucket(S3AsyncClient s3, S3Presigner presigner, String bucket, @Nullable String kmsKey) {
        this.s3 = s3;
        this.presigner = presigner;
        this.bucket = bucket;
        this.kmsKey = kmsKey;
        this.encryption = kmsKey == null ? null : ServerSideEncryption.AWS_KMS;
    }

    public String name() {
        return bucket;
    }

    /** Throws unless the bucket answers. */
    public void check() {
        await(s3.headBucket(request -> request.bucket(bucket)));
    }

    /** Begins a multipart upload of an object of this media type and returns its id. */
    public String beginUpload(String key, String mediaType) {
        var answer = await(s3.createMultipartUpload(request -> request.bucket(bucket)
                .key(key)
                .contentType(mediaType)
                // here for all parts
                .serverSideEncryption(encryption)
                .ssekmsKeyId(kmsKey)
                // said here, so that parts and Complete may and must carry it
                .checksumAlgorithm(ChecksumAlgorithm.CRC32)));
        return told("an upload id", answer.uploadId());
    }

    /**
     * Uploads one part and returns it as S3 acknowledged it. Uploading it again replaces it.
     *
     * @param checksum CRC-32 in base64; S3 refuses the part if it does not match
     * @throws UploadGone if S3 does not know the upload any more: somebody has aborted it
     */
    public UploadedPart uploadPart(String key, String uploadId, int n, ByteBuffer bytes, String checksum, long epoch) {
        var size = bytes.remaining();
        try {
            var answer = await(s3.uploadPart(
                    request -> request.bucket(bucket)
                            .key(key)
                            .uploadId(uploadId)
                            .partNumber(n)
                            .contentLength((long) size)
                            .checksumCRC32(checksum),
                    AsyncRequestBody.fromByteBufferUnsafe(bytes)));
            return new UploadedPart(n, told(ETAG, answer.eTag()), checksum, size, epoch);
        } catch (NoSuchUploadException gone) {
            throw new UploadGone(gone);
        }
    }

    /**
     * Makes the object of its parts.
     *
     * @return the object's ETag
     * @throws UploadGone if S3 does not know the upload (any more): it may have been completed before
     */
    public String completeUpload(String key, String uploadId, List<UploadedPart> parts) {
        var completed = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.n())
                        .eTag(part.etag())
                        .checksumCRC32(part.checksum())
                        .build())
                .toList();
        try {
            var answer = await(s3.completeMultipartUpload(request -> request.bucket(bucket)
                    .key(key)
                    .uploadId(uploadId)
                    .multipartUpload(upload -> upload.parts(completed))));
            return told(ETAG, answer.eTag());
        } catch (NoSuchUploadException gone) {
            throw new UploadGone(gone);
        } catch (S3Exception refused) {
            if (PARTS_UNUSABLE.contains(codeOf(refused))) {
                throw new PartsUnusable(refused);
            }
            throw refused;
        }
    }

    /** The object, if there is one. */
    public Optional<StoredObject> find(String key) {
        try {
            var head = await(s3.headObject(request -> request.bucket(bucket).key(key)));
            return Optional.of(new StoredObject(told("a size", head.contentLength()), told(ETAG, head.eTag())));
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        }
    }

    /** Makes an object of these bytes, in one call: for what is small and can be made again. */
    public void put(String key, byte[] bytes, String mediaType) {
        var answer = await(s3.putObject(
                request -> request.bucket(bucket)
                        .key(key)
                        .contentType(mediaType)
                        .contentLength((long) bytes.length)
                        .serverSideEncryption(encryption)
                        .ssekmsKeyId(kmsKey)
                        .checksumCRC32(checksum(bytes)),
                AsyncRequestBody.fromBytesUnsafe(bytes)));
        told(ETAG, answer.eTag());
    }

    private static String checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        var four = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue());
        return Base64.getEncoder().encodeToString(four.array());
    }

    /**
     * Some bytes of an object, as they arrive; none if there is no such object. To be closed.
     *
     * @param count at least one
     */
    public Optional<InputStream> read(String key, long offset, long count) {
        var range = "bytes=" + offset + "-" + (offset + count - 1);
        try {
            return Optional.of(await(s3.getObject(
                    request -> request.bucket(bucket).key(key).range(range),
                    AsyncResponseTransformer.toBlockingInputStream())));
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        }
    }

    /** Aborts the upload if it is there; parts in flight may still arrive, so look again later. */
    public void abort(String key, String uploadId) {
        try {
            await(s3.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(uploadId)));
        } catch (NoSuchUploadException gone) {
            // that is what was wanted
        }
    }

    /** Deletes the object; none is fine. What a bucket with versions keeps of it is for {@link BucketContents} to delete. */
    public void delete(String key) {
        await(s3.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    /** A link that gives access to the object without further authentication: a secret for as long as it is valid. */
    public URI presign(String key, String fileName, String mediaType, Duration validity) {
        var signed = presigner.presignGetObject(presign -> presign.signatureDuration(validity)
                .getObjectRequest(get -> get.bucket(bucket)
                        .key(key)
                        .responseContentDisposition(DownloadName.attachment(fileName))
                        .responseContentType(mediaType)));
        return URI.create(signed.url().toString());
    }

    /**
     * The same bucket as the sweeps see it, until this one is closed.
     *
     * @param pageSize at most this many entries in one answer
     */
    public BucketContents contents(int pageSize) {
        return new BucketContents(s3, bucket, pageSize);
    }

    @Override
    public void close() {
        presigner.close();
        s3.close();
    }

    /** An object as S3 knows it. */
    public record StoredObject(long size, String etag) {}

    /** The calling thread was interrupted; whether S3 has carried out the call is unknown. */
    public static final class CallInterrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        CallInterrupted(InterruptedException cause) {
            super("interrupted during a call to S3", cause);
        }
    }

    /** S3 does not know the upload. */
    public static final class UploadGone extends RuntimeException {
        private static final long serialVersionUID = 1;

        UploadGone(Throwable cause) {
            super("the upload is not known to the storage", cause);
        }
    }

    /** S3 does not accept the parts that the job recorded. */
    public static final class PartsUnusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        PartsUnusable(Throwable cause) {
            super("the storage does not accept the uploaded parts", cause);
        }
    }
}
