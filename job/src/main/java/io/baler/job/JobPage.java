package io.baler.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of jobs.
 *
 * @param next where the list goes on; none = this is its end
 */
public record JobPage(List<JobSummary> jobs, JobSearch.@Nullable Position next) {
    public static final JobPage EMPTY = new JobPage(List.of(), null);

    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
