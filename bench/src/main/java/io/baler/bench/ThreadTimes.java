package io.baler.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time of another process by what its threads are for, as Linux counts it: each stage of an export has threads
 * of its own, and so have the virtual machine's compiler and collector. Looks every now and then, so what a thread did
 * in the last moment before its end may be missing.
 */
final class ThreadTimes {
    /** USER_HZ, the unit of these counts, is 100 on every architecture that Java runs on. */
    static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    /** What threads do, in the order in which an export passes through it. */
    enum Stage {
        READING,
        ENCODING,
        DEFLATING,
        UPLOADING,
        COMPILING,
        COLLECTING,
        OTHER;

        /** @param thread its name as the kernel has it, 15 characters */
        static Stage of(String thread) {
            if (thread.equals("read")) {
                return READING;
            } else if (thread.equals("export")) {
                return ENCODING;
            } else if (thread.equals("compress")) {
                return DEFLATING;
            } else if (thread.equals("upload") || thread.startsWith("aws-java-sdk") || thread.startsWith("sdk-async")) {
                return UPLOADING;
            } else if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
                return COMPILING;
            } else if (thread.startsWith("GC ") || thread.startsWith("G1 ") || thread.startsWith("VM ")) {
                return COLLECTING;
            }
            return OTHER;
        }
    }

    private record Seen(Stage stage, long ticks) {}

    private final Path tasks;
    private final Map<String, Seen> threads = new HashMap<>();

    ThreadTimes(long pid) {
        this.tasks = Path.of("/proc", String.valueOf(pid), "task");
    }

    /** Nothing if the process has ended. */
    void look() {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
            for (var task : all) {
                var stat = Files.readString(task.resolve("stat"));
                var name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
                threads.put(task.getFileName().toString(), new Seen(Stage.of(name), ticks));
            }
        } catch (IOException | RuntimeException ended) {
            // a thread, or all of them; what was seen before stays
        }
    }

    /** Seconds by stage. */
    Map<Stage, Double> seconds() {
        var seconds = new EnumMap<Stage, Double>(Stage.class);
        for (var stage : Stage.values()) {
            seconds.put(stage, 0.0);
        }
        threads.values().forEach(seen -> seconds.merge(seen.stage(), seen.ticks() / TICKS_PER_SECOND, Double::sum));
        return seconds;
    }
}
