package io.baler.job;

import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What of an export is durable: whoever claims the job next goes on exactly here, on any machine.
 *
 * @param seq number of committed parts; raised by one with each commit
 * @param lastExportedId {@code _id} of the last record in a committed part
 * @param totalExportedCount records in committed parts
 * @param key where in the bucket the archive is being made
 * @param uploadId the S3 multipart upload that the parts belong to
 * @param bytes archive bytes in committed parts
 * @param parts the committed parts in order
 * @param digest saved state of the archive's running SHA-256 behind the last committed byte
 * @param formatState number of files in committed parts: the index of the next one
 * @param frozen the last part is committed: only CompleteMultipartUpload is left to do
 */
public record Checkpoint(
        int seq,
        @Nullable BsonValue lastExportedId,
        long totalExportedCount,
        @Nullable String key,
        @Nullable String uploadId,
        long bytes,
        List<UploadedPart> parts,
        @Nullable String digest,
        int formatState,
        boolean frozen) {

    public static final Checkpoint EMPTY = new Checkpoint(0, null, 0, null, null, 0, List.of(), null, 0, false);

    public Checkpoint {
        parts = List.copyOf(parts);
        if (parts.size() != seq) {
            throw new IllegalArgumentException(
                    "checkpoint.seq is " + seq + ", but it holds " + parts.size() + " parts");
        }
    }
}
