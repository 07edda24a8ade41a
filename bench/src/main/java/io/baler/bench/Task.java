package io.baler.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one run of the exporter has to do. Handed over in the environment, since an address may hold a password.
 *
 * @param jobs address of the jobs' MongoDB
 * @param jobsDatabase in it, of this run alone
 * @param source where the logs are
 * @param format of the archives
 * @param atOnce exports that run at the same time
 * @param settings of the worker, by name
 */
public record Task(
        String jobs, String jobsDatabase, Source source, String format, int atOnce, Map<String, String> settings) {
    private static final String PREFIX = "BALER_BENCH_";
    private static final String SETTING = PREFIX + "SETTING_";

    /** The logs' collection, and the server that holds it. */
    public record Source(String uri, String database, String collection) {}

    /** As {@link #environment} handed it over. */
    public static Task ofEnvironment(Map<String, String> environment) {
        var settings = new HashMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith(SETTING)) {
                settings.put(name.substring(SETTING.length()), value);
            }
        });
        var source = new Source(
                needed(environment, "SOURCE"), needed(environment, "DATABASE"), needed(environment, "COLLECTION"));
        return new Task(
                needed(environment, "JOBS"),
                needed(environment, "JOBS_DATABASE"),
                source,
                needed(environment, "FORMAT"),
                Integer.parseInt(needed(environment, "AT_ONCE")),
                settings);
    }

    private static String needed(Map<String, String> environment, String name) {
        return Objects.requireNonNull(environment.get(PREFIX + name), () -> PREFIX + name + " is not set");
    }

    Task withJobsIn(String database) {
        return new Task(jobs, database, source, format, atOnce, settings);
    }

    /** Empty if it is not set. */
    String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put(PREFIX + "JOBS", jobs);
        environment.put(PREFIX + "JOBS_DATABASE", jobsDatabase);
        environment.put(PREFIX + "SOURCE", source.uri());
        environment.put(PREFIX + "DATABASE", source.database());
        environment.put(PREFIX + "COLLECTION", source.collection());
        environment.put(PREFIX + "FORMAT", format);
        environment.put(PREFIX + "AT_ONCE", String.valueOf(atOnce));
        settings.forEach((name, value) -> environment.put(SETTING + name, value));
        return environment;
    }
}
