package io.baler.cleanup;

/** How much of a slow suite runs: little in every build, all of it with {@code -Dbaler.effort=long}. */
final class Effort {

    private Effort() {}

    static int of(int usually, int atLength) {
        return System.getProperty("baler.effort", "short").equals("long") ? atLength : usually;
    }
}
