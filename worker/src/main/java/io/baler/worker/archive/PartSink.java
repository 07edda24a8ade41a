package io.baler.worker.archive;

/** Takes an archive's parts, in order, and makes them durable. */
@FunctionalInterface
public interface PartSink {

    /**
     * Called on the thread that appends. The part's bytes belong to the sink from then on; the archive goes on with
     * others. What it throws reaches whoever appends, and ends the archive.
     */
    void accept(ArchivedPart part);
}
