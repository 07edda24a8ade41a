package io.baler.job;

/** Bytes that no generation needs any more: an upload to abort and a key to delete. */
public record Garbage(String key, String uploadId) {}
