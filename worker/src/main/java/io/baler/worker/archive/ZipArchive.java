package io.baler.worker.archive;

import io.baler.job.ArchivedFile;
import io.baler.job.Checkpoint;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.MalformedRecord;
import org.bson.RawBsonDocument;

/**
 * A ZIP of JSON files that is made of records in order and can be gone on with behind every part, on any machine: the
 * same spec and the same records give the same bytes, however many threads deflate and however often it was resumed.
 *
 * <p>All methods are for one thread, the appending one. Memory is bounded by the files in flight and the part being
 * made, but for some 1 KB per file that the central directory and the manifest need.
 */
public final class ZipArchive implements AutoCloseable {

    private final ArchiveSpec spec;
    private final DeflateQueue deflating;
    private final PartWriter writer;
    private JsonFile file;
    private int fileIndex;
    private long count;
    private boolean closed;

    private ZipArchive(ArchiveSpec spec, Checkpoint from, Deflaters deflaters, PartSink parts) {
        this.spec = spec;
        this.deflating = new DeflateQueue(deflaters, spec);
        this.writer = new PartWriter(spec, from, parts);
        this.file = new JsonFile(spec.engine(), deflating.buffer());
        this.fileIndex = from.formatState();
        this.count = from.totalExportedCount();
    }

    /**
     * Opens the archive where the checkpoint stands; at its beginning for {@link Checkpoint#EMPTY}.
     *
     * @param recorded the files of all committed parts, in order; read once, here
     * @param parts takes the parts that follow
     * @throws IllegalStateException if what was recorded does not lead to where the checkpoint stands
     */
    public static ZipArchive open(
            ArchiveSpec spec, Checkpoint from, Iterable<ArchivedFile> recorded, Deflaters deflaters, PartSink parts) {
        if (from.frozen()) {
            throw new IllegalStateException("the archive is frozen: nothing can be added to it");
        }
        if (from.seq() > 0 && from.digest() == null) {
            throw new IllegalStateException("the checkpoint has " + from.seq() + " parts, but no digest of them");
        }
        ZipArchive archive = new ZipArchive(spec, from, deflaters, parts);
        archive.writer.replay(from, recorded);
        return archive;
    }

    /**
     * Adds the record behind those before it. Parts that have become ready are handed over meanwhile. The record's
     * bytes must not change until the next one is added.
     *
     * @throws MalformedRecord if it is not BSON or has no {@code _id}; the archive is then as it was. Anything else that
     *     is thrown ends the archive: what a {@link PartSink} throws, and {@link IllegalStateException} if a file could
     *     not be deflated or the thread was interrupted while it waited for one.
     */
    public void append(RawBsonDocument record) {
        requireOpen();
        file.add(record);
        count++;
        try {
            if (file.isFull()) {
                closeFile();
            }
            while (deflating.isNextDone()) {
                writeNext();
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Records added in all, those before the checkpoint included. */
    public long count() {
        return count;
    }

    /** Ends the archive with its manifest and central directory, and hands over the last part. */
    public ArchiveSummary finish() {
        requireOpen();
        try {
            if (!file.isEmpty()) {
                closeFile();
            }
            while (!deflating.isEmpty()) {
                writeNext();
            }
            return writer.finish(manifest());
        } finally {
            close();
        }
    }

    /** Gives up what has not been handed over. Files being deflated are left within milliseconds. */
    @Override
    public void close() {
        closed = true;
        deflating.abandon();
        writer.discard();
        file = new JsonFile(spec.engine(), new GrowableBytes(0));
    }

    private void closeFile() {
        while (deflating.isFull()) {
            writeNext();
        }
        deflating.submit(file.close(spec.fileName(fileIndex++)));
        file = new JsonFile(spec.engine(), deflating.buffer());
    }

    private void writeNext() {
        DeflatedFile next = deflating.take();
        writer.add(next);
        deflating.release(next);
    }

    private Deflated manifest() {
        GrowableBytes json = Manifest.of(spec, writer.files(), writer.count());
        return Deflated.deflate(json, new GrowableBytes(0), spec.engine().level(), () -> false);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the archive is closed");
        }
    }
}
