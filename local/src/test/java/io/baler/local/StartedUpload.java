package io.baler.local;

import java.util.Arrays;
import java.util.Random;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A multipart upload of two parts that several clients can work on, one after the other. */
final class StartedUpload {

    private static final int PART_SIZE = 5 << 20;

    private final String bucket;
    private final String key;
    private final String id;
    private final byte[] content;

    private StartedUpload(String bucket, String key, String id) {
        this.bucket = bucket;
        this.key = key;
        this.id = id;
        this.content = new byte[2 * PART_SIZE - 1];
        new Random(5).nextBytes(content);
    }

    static StartedUpload of(S3Client s3, String bucket, String key) {
        return resumed(
                bucket,
                key,
                s3.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId());
    }

    static StartedUpload resumed(String bucket, String key, String id) {
        return new StartedUpload(bucket, key, id);
    }

    String id() {
        return id;
    }

    byte[] content() {
        return content;
    }

    CompletedPart upload(S3Client s3, int number) {
        byte[] part =
                Arrays.copyOfRange(content, (number - 1) * PART_SIZE, Math.min(number * PART_SIZE, content.length));
        String etag = s3.uploadPart(
                        r -> r.bucket(bucket).key(key).uploadId(id).partNumber(number), RequestBody.fromBytes(part))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    void complete(S3Client s3, CompletedPart... parts) {
        s3.completeMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(id).multipartUpload(u -> u.parts(parts)));
    }

    byte[] download(S3Client s3) {
        return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
    }
}
