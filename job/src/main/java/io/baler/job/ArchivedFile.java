package io.baler.job;

import java.util.List;
import org.bson.BsonValue;

/**
 * One file of records inside the archive, as it is recorded once its part is durable: enough to write the
 * archive's directory and manifest again on another machine without the bytes.
 *
 * @param name the entry's name
 * @param crc32 CRC-32 of the uncompressed bytes, unsigned
 * @param size uncompressed bytes
 * @param compressedSize bytes of compressed data
 * @param offset where its bytes begin, a ZIP's local header included, counted from the archive's start
 * @param count records in it
 * @param firstId {@code _id} of its first record
 * @param lastId {@code _id} of its last record
 * @param sha256 SHA-256 of the uncompressed bytes, lower-case hex
 * @param ids the kinds of its records' {@code _id}s, in order
 * @param invalid records in it that are not written as others are
 */
public record ArchivedFile(
        String name,
        long crc32,
        long size,
        long compressedSize,
        long offset,
        int count,
        BsonValue firstId,
        BsonValue lastId,
        String sha256,
        List<IdRun> ids,
        InvalidRecords invalid) {

    public ArchivedFile {
        ids = List.copyOf(ids);
    }
}
