package io.baler.job.events;

/**
 * Hint that a job's epoch was raised. Obeyed only after a look into MongoDB, so a lost, late or forged one costs
 * nothing but time.
 *
 * @param jobId the job
 * @param epoch the epoch it was raised to
 */
public record ControlMessage(String jobId, long epoch) {}
