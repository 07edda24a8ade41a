package io.baler.worker.simulation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket in memory, as strict as S3: unknown uploads, parts that do not match their checksums, and completions with
 * other ETags, other checksums or in another order are refused. Parts of any size are taken.
 */
final class StoredUploads {
    private final Supplier<Instant> now;
    private final Map<String, Upload> uploads = new TreeMap<>();
    private final Map<String, String> completed = new TreeMap<>();
    private final Map<String, Stored> objects = new TreeMap<>();
    private int begun;

    StoredUploads(Supplier<Instant> now) {
        this.now = now;
    }

    record Part(String etag, String checksum, byte[] bytes) {}

    record Stored(String etag, byte[] bytes, Instant modified) {}

    record Upload(String key, Instant initiated, TreeMap<Integer, Part> parts) {}

    Map<String, Upload> uploads() {
        return uploads;
    }

    Map<String, Stored> objects() {
        return objects;
    }

    String begin(String key) {
        var id = "upload-" + ++begun;
        uploads.put(id, new Upload(key, now.get(), new TreeMap<>()));
        return id;
    }

    String put(String key, String uploadId, int n, byte[] bytes, String checksum) {
        requireChecksum(bytes, checksum);
        var etag = etagOf(bytes);
        upload(key, uploadId).parts().put(n, new Part(etag, checksum, bytes));
        return etag;
    }

    String put(String key, byte[] bytes, String checksum) {
        requireChecksum(bytes, checksum);
        var etag = etagOf(bytes);
        objects.put(key, new Stored(etag, bytes, now.get()));
        return etag;
    }

    private static String etagOf(byte[] bytes) {
        return "\"" + Integer.toHexString(java.util.Arrays.hashCode(bytes)) + "\"";
    }

    private static void requireChecksum(byte[] bytes, String checksum) {
        var crc = new CRC32();
        crc.update(bytes);
        var found = Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        if (!found.equals(checksum)) {
            throw refusal("BadDigest", 400);
        }
    }

    String complete(String key, String uploadId, List<CompletedPart> parts) {
        var before = completed.get(uploadId);
        if (before != null && objects.containsKey(key)) {
            return before;
        }
        var upload = upload(key, uploadId);
        var whole = new ByteArrayOutputStream();
        int last = 0;
        for (var part : parts) {
            var stored = upload.parts().get(part.partNumber());
            if (stored == null
                    || !stored.etag().equals(part.eTag())
                    || !stored.checksum().equals(part.checksumCRC32())) {
                throw refusal("InvalidPart", 400);
            }
            if (part.partNumber() <= last) {
                throw refusal("InvalidPartOrder", 400);
            }
            last = part.partNumber();
            whole.writeBytes(stored.bytes());
        }
        uploads.remove(uploadId);
        var etag = "\"" + Integer.toHexString(java.util.Arrays.hashCode(whole.toByteArray())) + "-" + last + "\"";
        completed.put(uploadId, etag);
        objects.put(key, new Stored(etag, whole.toByteArray(), now.get()));
        return etag;
    }

    /** S3 may answer a repeated completion like the first one, or no longer know the upload. */
    void forgetCompletions() {
        completed.clear();
    }

    void abort(String key, String uploadId) {
        upload(key, uploadId);
        uploads.remove(uploadId);
    }

    @Nullable
    Stored object(String key) {
        return objects.get(key);
    }

    private Upload upload(String key, String uploadId) {
        var upload = uploads.get(uploadId);
        if (upload == null || !upload.key().equals(key)) {
            throw NoSuchUploadException.builder().statusCode(404).build();
        }
        return upload;
    }

    static S3Exception refusal(String code, int status) {
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .message(code)
                .build();
    }
}
