package io.baler.api.export;

import io.baler.job.ExportJob;
import io.baler.job.JobPage;
import io.baler.job.JobStore;
import io.baler.job.JobSummaries;
import io.baler.job.JobSummary;
import io.baler.job.request.JobIds;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The exports of a caller; somebody else's are not told from those that never were. */
@Service
final class OwnExports {
    private final JobStore jobs;
    private final JobSummaries summaries;

    OwnExports(JobStore jobs, JobSummaries summaries) {
        this.jobs = jobs;
        this.summaries = summaries;
    }

    JobPage list(Caller caller, ListCall call) {
        var search = call.search(caller);
        return search == null ? JobPage.EMPTY : summaries.page(search);
    }

    ExportJob find(Caller caller, String id) {
        return Optional.of(id)
                .filter(JobIds::isValid)
                .flatMap(jobs::find)
                .filter(job -> job.requestedBy().equals(caller.name()))
                .orElseThrow(ExportProblems::notFound);
    }

    /** What is told of an export, without the rest of it. */
    JobSummary summary(Caller caller, String id) {
        return Optional.of(id)
                .filter(JobIds::isValid)
                .flatMap(summaries::find)
                .filter(job -> job.requestedBy().equals(caller.name()))
                .orElseThrow(ExportProblems::notFound);
    }
}
