package io.baler.cleanup;

/** One kind of thing to clear away. Safe in several replicas at once: each step is a compare-and-set of the job. */
interface Sweep {

    /** What is swept, for logs and metrics. */
    String name();

    /** Sweeps once. One job's failure leaves that job for the next time. */
    void run(Round round);

    /** Sweeps all that there is and returns how many something was done about. */
    default int run() {
        var round = Round.whole(this);
        run(round);
        return round.swept();
    }
}
