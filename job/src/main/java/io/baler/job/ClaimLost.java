package io.baler.job;

/** Somebody raised the job's epoch: its worker stops at once and quietly; the job is in other hands. */
public final class ClaimLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ClaimLost(Claim claim) {
        super("the claim on export " + claim.jobId() + " with epoch " + claim.epoch() + " is lost");
    }
}
