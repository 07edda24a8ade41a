package io.baler.worker.archive;

import io.baler.job.ArchivedFile;
import io.baler.job.SignedManifest;
import java.nio.ByteBuffer;
import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A part ready to be uploaded, and where the archive stands behind its last byte: all that is needed to go on from
 * there. Files and counts cover exactly the bytes up to here, not what was appended since.
 *
 * @param n part number, from 1
 * @param bytes the part's bytes
 * @param checksum their CRC-32, base64 of four big-endian bytes, as S3's {@code x-amz-checksum-crc32} wants it
 * @param files the files whose entries are in it
 * @param lastId {@code _id} of the last record up to here; none if there is no record
 * @param totalCount records up to here
 * @param totalBytes archive bytes up to here
 * @param digest state of the archive's SHA-256 up to here; see {@link ArchiveDigest}
 * @param nextFileIndex index of the next file of records
 * @param manifest of the archive, which ends here; none where more follows
 */
public record ArchivedPart(
        int n,
        ByteBuffer bytes,
        String checksum,
        List<ArchivedFile> files,
        @Nullable BsonValue lastId,
        long totalCount,
        long totalBytes,
        String digest,
        int nextFileIndex,
        @Nullable SignedManifest manifest) {

    public ArchivedPart {
        files = List.copyOf(files);
    }

    /** The archive ends here. */
    public boolean isLast() {
        return manifest != null;
    }

    /** The part's bytes, with a position of its own for each caller. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }
}
