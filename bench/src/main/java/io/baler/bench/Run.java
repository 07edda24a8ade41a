package io.baler.bench;

import io.baler.bench.ThreadTimes.Stage;
import java.util.Map;

/**
 * What one run of the exporter took.
 *
 * @param wallSeconds from the start of its process to its end
 * @param exportSeconds of these, from the first claim to the last export's end
 * @param cpuSeconds of all its threads
 * @param stages seconds of processor time; none of a program that is not Baler's
 * @param archives SHA-256 of each; empty of a program that is not Baler's
 * @param engine what it compressed with, likewise
 */
record Run(
        double wallSeconds,
        double exportSeconds,
        double cpuSeconds,
        long peakRssBytes,
        long records,
        long archiveBytes,
        Map<Stage, Double> stages,
        String archives,
        String engine) {

    double cpuPerMillion() {
        return cpuSeconds * 1e6 / records;
    }

    double recordsPerSecond() {
        return records / wallSeconds;
    }

    /** The exporting thread's time in which it did nothing: it waited for records, a compressed file or a commit. */
    double waitingSeconds() {
        return Math.max(0, exportSeconds - stages.getOrDefault(Stage.ENCODING, 0.0));
    }
}
