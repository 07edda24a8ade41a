package io.baler.worker.archive;

import io.baler.job.ArchivedFile;
import io.baler.job.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes the ZIP, entry by entry, and hands it over part by part. A ZIP that was begun elsewhere is gone on with by
 * writing its recorded entries again, without their bytes, so that the central directory knows them.
 *
 * <p>Zip64 is left to commons-compress: it is used where a number needs it, and sizes are known before each entry, so
 * the bytes are the same for a ZIP written in one go and one that was gone on with.
 */
final class PartWriter {

    private final ArchiveSpec spec;
    private final PartSink parts;
    private final PartBuffer buffer;
    private final ZipArchiveOutputStream zip;
    private final EntryHeaders headers;
    private final List<ArchivedFile> files = new ArrayList<>();
    private int filesHandedOver;
    private int n;
    private long count;
    private @Nullable BsonValue lastId;

    PartWriter(ArchiveSpec spec, Checkpoint from, PartSink parts) {
        this.spec = spec;
        this.parts = parts;
        this.buffer = new PartBuffer(ArchiveDigest.restore(from.digest()));
        this.zip = new ZipArchiveOutputStream(buffer);
        this.headers = new EntryHeaders(spec.asOf());
        this.n = from.seq() + 1;
        this.lastId = from.lastExportedId();
    }

    /** All files of records so far, in order. */
    List<ArchivedFile> files() {
        return files;
    }

    /** Records in them. */
    long count() {
        return count;
    }

    /** Brings the ZIP to where the checkpoint says it stands, or refuses to go on. */
    void replay(Checkpoint from, Iterable<ArchivedFile> recorded) {
        for (ArchivedFile file : recorded) {
            requireSame("offset of " + file.name(), file.offset(), buffer.position());
            put(file, new ClaimedBytes(file.compressedSize()));
        }
        requireSame("number of files", from.formatState(), files.size());
        requireSame("number of records", from.totalExportedCount(), count);
        requireSame("number of bytes", from.bytes(), buffer.position());
        filesHandedOver = files.size();
        buffer.endReplay();
    }

    /** Adds a file, and hands over the part if this file brings it to its size. */
    void add(DeflatedFile deflated) {
        if (buffer.length() == 0) {
            int bytes = spec.schedule().bytesOf(n);
            buffer.expect((int) Math.min(Integer.MAX_VALUE / 2, bytes + (long) bytes / 8));
        }
        ArchivedFile file = deflated.at(buffer.position());
        put(file, deflated.entry().content());
        lastId = file.lastId();
        if (buffer.length() >= spec.schedule().bytesOf(n)) {
            spec.schedule().bytesOf(n + 1); // there will be a next part, if only for the central directory
            handOver(false);
            n++;
        }
    }

    /** Adds the manifest and the central directory, and hands over the last part, whatever its size. */
    ArchiveSummary finish(Deflated manifest) {
        try {
            zip.addRawArchiveEntry(headers.of(Manifest.NAME, manifest), manifest.content());
            zip.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String digest = buffer.digest();
        handOver(true);
        return new ArchiveSummary(ArchiveDigest.sha256(digest), buffer.position(), count, files.size(), n);
    }

    /** Keeps nothing of the part that was being made. */
    void discard() {
        buffer.take();
    }

    private void put(ArchivedFile file, InputStream content) {
        try {
            zip.addRawArchiveEntry(headers.of(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.add(file);
        count += file.count();
    }

    private void handOver(boolean last) {
        String digest = buffer.digest();
        ByteBuffer bytes = buffer.take();
        List<ArchivedFile> inPart = files.subList(filesHandedOver, files.size());
        filesHandedOver = files.size();
        parts.accept(new ArchivedPart(
                n,
                bytes,
                PartBuffer.checksum(bytes),
                inPart,
                lastId,
                count,
                buffer.position(),
                digest,
                files.size(),
                last));
    }

    private static void requireSame(String what, long recorded, long found) {
        if (recorded != found) {
            throw new IllegalStateException("the checkpoint cannot be gone on with: the recorded " + what + " is "
                    + recorded + ", the replayed archive has " + found);
        }
    }
}
