package io.baler.worker.archive;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Takes an archive's parts, in order, and makes them durable. */
@FunctionalInterface
public interface PartSink {

    /**
     * Called on the thread that appends. The part's bytes belong to the sink from then on; the archive goes on with
     * others. What it throws reaches whoever appends, and ends the archive.
     */
    void accept(ArchivedPart part);

    /** How many parts of this size it has at the most besides the one that is being made; it counts as memory. */
    default int mostHeld(int bytes) {
        return 1;
    }

    /**
     * A part's bytes that the sink needs no more and gives back, for the archive to make a later part in the same memory.
     * Called on the thread that appends.
     */
    default Optional<ByteBuffer> spare() {
        return Optional.empty();
    }
}
