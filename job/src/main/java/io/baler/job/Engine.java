package io.baler.job;

/**
 * What decides the archive's bytes besides the records. Fixed at the first claim, so that a resumed archive is
 * made as it was begun; byte identity holds for one engine.
 *
 * @param encoder name and version of the record encoder
 * @param deflater which deflate implementation
 * @param level its compression level
 * @param logsPerFile records after which a file closes
 * @param maxFileBytes uncompressed bytes after which a file closes
 * @param partBytes archive bytes after which the first parts of the upload end; later ones are larger
 */
public record Engine(String encoder, String deflater, int level, int logsPerFile, int maxFileBytes, int partBytes) {}
