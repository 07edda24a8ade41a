package io.baler.cleanup;

/** One kind of thing to clear away. Safe in several replicas at once: each step is a compare-and-set of the job. */
interface Sweep {

    /** What is swept, for the log. */
    String name();

    /** Sweeps once and returns how many jobs were dealt with. One job's failure leaves that job for the next time. */
    int run();
}
