package io.baler.job;

/**
 * One worker's right to work on one job: valid as long as nobody has raised the job's epoch.
 *
 * @param job the job as it was when claimed
 */
public record Claim(ExportJob job) {

    public String jobId() {
        return job.id();
    }

    public long epoch() {
        return job.epoch();
    }
}
