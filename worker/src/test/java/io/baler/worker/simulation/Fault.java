package io.baler.worker.simulation;

/** What can go wrong with a call to a server. */
enum Fault {
    NONE,
    /** It never arrives, and the caller is told. */
    REFUSED,
    /** It is carried out, and the caller is told that it failed. */
    LOST_ANSWER,
    /** The caller is told that it failed, and it is carried out afterwards. */
    LATE,
    /** It takes its time. */
    SLOW,
    /** The caller's process dies with the call on its lips. */
    CRASH_BEFORE,
    /** The caller's process dies before the answer arrives. */
    CRASH_AFTER,
    /** The caller's process stands still, and makes the call as a zombie. */
    STALL
}
