package io.baler.job;

/**
 * Records that follow each other and have {@code _id}s of one kind. JSON tells an ObjectId from a string no more; with
 * this the order of a file's ids can be checked without the database.
 *
 * @param count how many, at least one
 */
public record IdRun(IdKind kind, long count) {}
