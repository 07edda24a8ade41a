package io.baler.api.export;

import io.baler.job.ExportJob;
import io.baler.job.JobQueries;
import io.baler.job.JobStore;
import io.baler.job.request.JobIds;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The exports of a caller; somebody else's are not told from those that never were. */
@Service
final class OwnExports {
    private final JobStore jobs;
    private final JobQueries found;

    OwnExports(JobStore jobs, JobQueries found) {
        this.jobs = jobs;
        this.found = found;
    }

    List<ExportJob> newest(Caller caller, int limit) {
        return found.newestOf(caller.name(), limit);
    }

    ExportJob find(Caller caller, String id) {
        return Optional.of(id)
                .filter(JobIds::isValid)
                .flatMap(jobs::find)
                .filter(job -> job.requestedBy().equals(caller.name()))
                .orElseThrow(ExportProblems::notFound);
    }
}
