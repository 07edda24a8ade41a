package io.baler.worker.archive;

import io.baler.job.ArchivedFile;
import io.baler.job.Checkpoint;
import io.baler.job.SignedManifest;
import io.baler.job.evidence.Manifest;
import io.baler.worker.format.Container;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes the archive, file by file, and hands it over part by part. One that was begun elsewhere is gone on with by
 * writing its recorded files again, without their bytes, so that the container knows them.
 */
final class PartWriter {

    private final ArchiveSpec spec;
    private final PartSink parts;
    private final PartBuffer buffer;
    private final Container container;
    private final List<ArchivedFile> files = new ArrayList<>();
    private int filesHandedOver;
    private int n;
    private long count;
    private @Nullable BsonValue lastId;

    PartWriter(ArchiveSpec spec, Checkpoint from, PartSink parts) {
        this.spec = spec;
        this.parts = parts;
        this.buffer = new PartBuffer(ArchiveDigest.restore(from.digest()));
        this.container = spec.format().containers().on(buffer, spec.asOf());
        this.n = from.seq() + 1;
        this.lastId = from.lastExportedId();
    }

    /** Brings the archive to where the checkpoint says it stands, or refuses to go on. */
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
    void add(CompressedFile compressed) {
        if (buffer.length() == 0) {
            int room = roomFor(n);
            parts.spare().ifPresent(memory -> buffer.reuse(memory, room));
            buffer.expect(room);
        }
        ArchivedFile file = compressed.at(buffer.position());
        put(file, compressed.content());
        lastId = file.lastId();
        if (buffer.length() >= spec.schedule().bytesOf(n)) {
            spec.schedule().bytesOf(n + 1); // there will be a next part, if only for the archive's end
            handOver(null);
            n++;
        }
    }

    /** Adds the manifest and the end, and hands over the last part, whatever its size. */
    ArchiveSummary finish() {
        try {
            container.endData();
            var draft = ManifestDraft.of(spec, files, new Manifest.Bytes(buffer.position(), buffer.sha256()));
            long manifestAt = container.end(draft.document(), draft.signature());
            String digest = buffer.digest();
            handOver(draft.at(manifestAt));
            return new ArchiveSummary(ArchiveDigest.sha256(digest), buffer.position(), count, files.size(), n);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps nothing of the part that was being made. */
    void discard() {
        buffer.discard();
    }

    /** The most memory that the part which is being made and those before it, which are on their way, take together. */
    long memory() {
        int room = roomFor(n);
        return (1L + parts.mostHeld(room)) * room;
    }

    /** With what the file brings that ends it. */
    private int roomFor(int part) {
        int bytes = spec.schedule().bytesOf(part);
        return (int) Math.min(Integer.MAX_VALUE / 2, bytes + (long) bytes / 8);
    }

    private void put(ArchivedFile file, InputStream content) {
        try {
            container.add(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.add(file);
        count += file.count();
    }

    private void handOver(@Nullable SignedManifest manifest) {
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
                manifest));
    }

    private static void requireSame(String what, long recorded, long found) {
        if (recorded != found) {
            throw new IllegalStateException("the checkpoint cannot be gone on with: the recorded " + what + " is "
                    + recorded + ", the replayed archive has " + found);
        }
    }
}
