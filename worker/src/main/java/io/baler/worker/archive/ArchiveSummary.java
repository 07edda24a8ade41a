package io.baler.worker.archive;

/**
 * The finished archive.
 *
 * @param sha256 of all its bytes, lower-case hex
 * @param bytes its size
 * @param count records in it
 * @param files files of records in it, the manifest not counted
 * @param parts parts it was handed over in, those before the checkpoint included
 */
public record ArchiveSummary(String sha256, long bytes, long count, int files, int parts) {}
