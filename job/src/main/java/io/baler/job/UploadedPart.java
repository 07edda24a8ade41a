package io.baler.job;

/**
 * An acknowledged part of the archive's multipart upload.
 *
 * @param n part number, from 1 without a gap
 * @param etag as S3 answered it, quotes included
 * @param checksum CRC-32 of the part in base64, which CompleteMultipartUpload has to repeat
 * @param size bytes
 * @param epoch the claim under which it was uploaded
 */
public record UploadedPart(int n, String etag, String checksum, long size, long epoch) {}
