package io.baler.job;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Says which export the lines of the log are about, whoever writes them: by fields of SLF4J's MDC, which stand in every
 * line, as text and as JSON, until the task has ended.
 */
public final class LoggedExport {
    /** The job's id. */
    public static final String JOB = "baler.job";

    /** Its epoch, as whoever logs knows it. */
    public static final String EPOCH = "baler.epoch";

    /** The trace of what is done here, where it is traced. */
    public static final String TRACE = "trace.id";

    /** The step of that trace. */
    public static final String SPAN = "span.id";

    /** For a line of text: {@code [job epoch] } and {@code [trace] }, each where there is one. */
    public static final String PATTERN = "%replace([%mdc{" + JOB + "} %mdc{" + EPOCH + "}] ){'^\\[ \\] ',''}"
            + "%replace([%mdc{" + TRACE + "}] ){'^\\[\\] ',''}";

    private LoggedExport() {}

    public static void about(ExportJob job, Runnable task) {
        about(job.id(), String.valueOf(job.epoch()), task);
    }

    public static void about(Claim claim, Runnable task) {
        about(claim.job(), task);
    }

    /** Without the epoch, where nobody has looked at the job. */
    public static void about(String job, Runnable task) {
        about(job, null, task);
    }

    private static void about(String job, @Nullable String epoch, Runnable task) {
        var jobBefore = MDC.get(JOB);
        var epochBefore = MDC.get(EPOCH);
        set(JOB, job);
        set(EPOCH, epoch);
        try {
            task.run();
        } finally {
            set(JOB, jobBefore);
            set(EPOCH, epochBefore);
        }
    }

    /** The export that this thread's lines are about has another epoch from now on. */
    public static void now(long epoch) {
        set(EPOCH, String.valueOf(epoch));
    }

    private static void set(String field, @Nullable String value) {
        if (value == null) {
            MDC.remove(field);
        } else {
            MDC.put(field, value);
        }
    }
}
