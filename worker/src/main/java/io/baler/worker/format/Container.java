package io.baler.worker.format;

import io.baler.job.ArchivedFile;
import java.io.IOException;
import java.io.InputStream;

/**
 * How compressed files follow each other in an archive. What it writes depends on what it is told and on nothing else,
 * so an archive that was begun elsewhere is gone on with by telling it the same again.
 */
public interface Container {

    /**
     * Appends a file.
     *
     * @param compressed as many bytes as {@link ArchivedFile#compressedSize}; what they are is not looked at
     */
    void add(ArchivedFile file, InputStream compressed) throws IOException;

    /** Appends what follows the last file and is vouched for by the manifest. */
    void endData() throws IOException;

    /**
     * Ends the archive, with its manifest if it can hold one.
     *
     * @return where the manifest's bytes begin; 0 where it is an object of its own
     */
    long end(byte[] manifest, byte[] signature) throws IOException;
}
