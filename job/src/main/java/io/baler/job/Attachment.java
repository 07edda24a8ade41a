package io.baler.job;

import java.time.Instant;

/**
 * The finished archive.
 *
 * @param bucket the bucket it is in
 * @param key its key there
 * @param fileName what a person's download is called
 * @param size bytes
 * @param etag as S3 answered it
 * @param sha256 of the whole archive, lower-case hex
 * @param expiresAt until when it can be downloaded
 */
public record Attachment(
        String bucket, String key, String fileName, long size, String etag, String sha256, Instant expiresAt) {}
