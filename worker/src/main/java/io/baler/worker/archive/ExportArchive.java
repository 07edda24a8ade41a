package io.baler.worker.archive;

import io.baler.job.ArchivedFile;
import io.baler.job.Checkpoint;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.encode.MalformedRecord;
import org.bson.RawBsonDocument;

/**
 * An archive that is made of records in order and can be gone on with behind every part, on any machine: the same spec
 * and the same records give the same bytes, however many threads compress and however often it was resumed.
 *
 * <p>All methods are for one thread, the appending one. Memory is bounded by {@link CompressionThreads}, but for some 1 KB per file that a ZIP's directory and the manifest need.
 */
public final class ExportArchive implements AutoCloseable {

    private final ArchiveSpec spec;
    private final CompressionQueue compressing;
    private final PartWriter writer;
    private OpenFile file;
    private int fileIndex;
    private long count;
    private boolean closed;

    private ExportArchive(ArchiveSpec spec, Checkpoint from, CompressionThreads threads, PartSink parts) {
        this.spec = spec;
        this.compressing = new CompressionQueue(threads, spec);
        this.writer = new PartWriter(spec, from, parts);
        this.file = nextFile();
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
    public static ExportArchive open(
            ArchiveSpec spec,
            Checkpoint from,
            Iterable<ArchivedFile> recorded,
            CompressionThreads threads,
            PartSink parts) {
        if (from.frozen()) {
            throw new IllegalStateException("the archive is frozen: nothing can be added to it");
        }
        if (from.seq() > 0 && from.digest() == null) {
            throw new IllegalStateException("the checkpoint has " + from.seq() + " parts, but no digest of them");
        }
        ExportArchive archive = new ExportArchive(spec, from, threads, parts);
        archive.writer.replay(from, recorded);
        return archive;
    }

    /**
     * Adds the record behind those before it. Parts that have become ready are handed over meanwhile. The record's
     * bytes must not change until the next one is added.
     *
     * @throws MalformedRecord if it has no {@code _id} that it could be ordered by; the archive is then as it was.
     *     Anything else that is thrown ends the archive: what a {@link PartSink} throws, and {@link IllegalStateException} if a file could
     *     not be compressed or the thread was interrupted while it waited for one.
     */
    public void append(RawBsonDocument record) {
        requireOpen();
        file.add(record);
        count++;
        try {
            if (file.isFull()) {
                closeFile();
            }
            while (compressing.isNextDone()) {
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

    /** Ends the archive with its manifest, and hands over the last part. */
    public ArchiveSummary finish() {
        requireOpen();
        try {
            if (!file.isEmpty()) {
                closeFile();
            }
            while (!compressing.isEmpty()) {
                writeNext();
            }
            return writer.finish();
        } finally {
            close();
        }
    }

    /** Gives up what has not been handed over. Files being compressed are left within milliseconds. */
    @Override
    public void close() {
        closed = true;
        compressing.abandon();
        writer.discard();
        file = new OpenFile(spec.engine(), spec.format().layout(), new GrowableBytes(0));
    }

    private OpenFile nextFile() {
        return new OpenFile(spec.engine(), spec.format().layout(), compressing.buffer());
    }

    private void closeFile() {
        while (compressing.isFull(file.length(), writer.memory())) {
            writeNext();
        }
        compressing.submit(file.close(spec.fileName(fileIndex++)));
        file = nextFile();
    }

    private void writeNext() {
        CompressedFile next = compressing.take();
        writer.add(next);
        compressing.release(next);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the archive is closed");
        }
    }
}
