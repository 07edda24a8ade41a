package io.baler.worker.archive;

import io.baler.job.ArchivedFile;

/** A file of records with its deflated bytes, ready for its place in the archive. */
record DeflatedFile(ClosedFile file, Deflated entry) {

    ArchivedFile at(long offset) {
        return new ArchivedFile(
                file.name(),
                entry.crc32(),
                entry.size(),
                entry.bytes().length(),
                offset,
                file.count(),
                file.firstId(),
                file.lastId(),
                entry.sha256());
    }
}
