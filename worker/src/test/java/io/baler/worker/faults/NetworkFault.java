package io.baler.worker.faults;

/** What networks do to a connection. */
enum NetworkFault {
    /** Answers come so late that a lease runs out meanwhile. */
    DELAY,
    /** The connection is reset in the middle of a message. */
    CUT,
    /** The request arrives and is carried out; instead of its answer comes a reset. */
    LOST_ANSWER,
    /** Connections stand, new ones are accepted, and nothing gets through any of them. */
    HALF_OPEN,
    /** Connections are reset, and new ones as soon as they are made. */
    REFUSAL;

    /** Whether it goes on until it is mended. */
    boolean lasts() {
        return this == DELAY || this == HALF_OPEN || this == REFUSAL;
    }
}
