package io.baler.worker.simulation;

/** A process: it can crash for good, and it can stall and come back as a zombie. */
final class Host {
    private final String name;
    private final boolean worker;
    private boolean dead;
    private long stalledUntil;

    Host(String name) {
        this(name, false);
    }

    private Host(String name, boolean worker) {
        this.name = name;
        this.worker = worker;
    }

    static Host worker(String name) {
        return new Host(name, true);
    }

    /** Only these crash and stall. */
    boolean isWorker() {
        return worker;
    }

    boolean isDead() {
        return dead;
    }

    void crash() {
        dead = true;
    }

    /** Stands still until then, in the scheduler's nanoseconds; what it does next it does with what it knew before. */
    void stall(long until) {
        stalledUntil = until;
    }

    long stalledUntil() {
        return stalledUntil;
    }

    @Override
    public String toString() {
        return name;
    }
}
