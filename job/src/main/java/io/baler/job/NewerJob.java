package io.baler.job;

/**
 * A newer version of Baler has written the job, in a way that this one would misunderstand. Nothing was changed: it is the
 * newer version's to go on with. See {@link JobVersion}.
 */
public final class NewerJob extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String jobId;

    NewerJob(String jobId, String version) {
        super("export " + jobId + " is of schemaVersion " + version + ", this Baler knows " + JobVersion.CURRENT
                + "; nothing was changed");
        this.jobId = jobId;
    }

    public String jobId() {
        return jobId;
    }
}
