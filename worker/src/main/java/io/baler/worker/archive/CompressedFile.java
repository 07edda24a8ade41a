package io.baler.worker.archive;

import io.baler.job.ArchivedFile;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.format.Compression;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;

/** A file of records with its compressed bytes, ready for its place in the archive. */
record CompressedFile(ClosedFile file, GrowableBytes compressed, long crc32, String sha256) {

    static CompressedFile of(ClosedFile file, Compression compression, GrowableBytes into, BooleanSupplier abandoned) {
        GrowableBytes raw = file.bytes();
        CRC32 crc = new CRC32();
        crc.update(raw.array(), 0, raw.length());
        compression.compress(raw, crc.getValue(), into, abandoned);
        return new CompressedFile(file, into, crc.getValue(), Sha256.hex(raw.array(), raw.length()));
    }

    InputStream content() {
        return new ByteArrayInputStream(compressed.array(), 0, compressed.length());
    }

    ArchivedFile at(long offset) {
        return new ArchivedFile(
                file.name(),
                crc32,
                file.bytes().length(),
                compressed.length(),
                offset,
                file.count(),
                file.firstId(),
                file.lastId(),
                sha256,
                file.ids(),
                file.invalid());
    }
}
