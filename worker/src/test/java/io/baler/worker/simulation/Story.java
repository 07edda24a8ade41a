package io.baler.worker.simulation;

/** What people do while an export runs. */
enum Story {
    WAIT,
    RESTART,
    CANCEL,
    EXPIRE,
    RESTART_THEN_CANCEL,
    SHUT_WORKERS_DOWN
}
