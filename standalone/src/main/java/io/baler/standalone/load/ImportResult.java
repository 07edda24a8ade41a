package io.baler.standalone.load;

/**
 * What an import did.
 *
 * @param loaded documents in the collection now that were not before
 * @param bad records that could not be loaded
 * @param undated records without a date at the time field, which exports with a date filter leave out
 */
public record ImportResult(long loaded, long bad, long undated) {}
