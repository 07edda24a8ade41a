package io.baler.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured.
 *
 * @param records of the source that is started; how many another source has is its own matter
 * @param format of the archive
 * @param sourceUri of a MongoDB, with its database, to read from instead; none = a source of the benchmark's own
 * @param collection of logs in it
 * @param s3Endpoint to write to instead, with credentials from the SDK's own chain; none = a sink of the benchmark's own
 * @param bucket there
 * @param sinkRate megabytes a second that the benchmark's own sink takes of each connection; none = as they come
 * @param repeat measured runs, each in a process of its own
 * @param atOnce exports that run at the same time in each run
 * @param command of a program that is measured in place of Baler's exporter, for the shell; none = the exporter
 * @param javaOptions of the exporter's virtual machine, in place of the usual ones if there are any
 * @param settings of the worker, by name
 */
public record BenchOptions(
        int records,
        String format,
        @Nullable String sourceUri,
        String collection,
        @Nullable String s3Endpoint,
        String bucket,
        @Nullable Integer sinkRate,
        int repeat,
        int atOnce,
        @Nullable String command,
        List<String> javaOptions,
        Map<String, String> settings) {

    public BenchOptions {
        javaOptions = List.copyOf(javaOptions);
        settings = Map.copyOf(settings);
    }
}
