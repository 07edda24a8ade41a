package io.baler.job;

import java.time.Instant;

/**
 * Who works on a job at the moment, until it lapses.
 *
 * @param worker the holder's name
 * @param renewedAt in the database's time
 * @param count records read so far, durable or not; for progress bars only
 */
public record Lease(String worker, Instant renewedAt, long count) {}
