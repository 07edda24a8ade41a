package io.baler.job;

/** Why a job failed: a code for programs, and words for people that say what happened to the data. */
public record Failure(String code, String message) {
    static final String REFUSED = "request-refused";

    /** Of a request that could never have become a job; it is kept for its requester to see. */
    public static Failure refused(String why) {
        return new Failure(
                REFUSED,
                "The request was refused: " + why + ". Nothing was exported; once that is mended, send it again");
    }

    /** Whether there was never a job that could be gone on with. */
    public boolean wasRefused() {
        return code.equals(REFUSED);
    }
}
