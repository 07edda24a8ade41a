package io.baler.api.export;

import io.baler.job.ExportJob;
import io.baler.job.JobPage;
import io.baler.job.JobStore;
import io.baler.job.JobSummaries;
import io.baler.job.JobSummary;
import io.baler.job.NewerJob;
import io.baler.job.audit.AuditTrail;
import io.baler.job.request.JobIds;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The exports of a caller; somebody else's are not told from those that never were. Of an administrator everybody's are:
 * that somebody else's are seen is audited once a call, before anything of them is told. Whoever looks for an export
 * looks here, so that this is decided nowhere else.
 */
@Service
final class OwnExports {
    private final JobStore jobs;
    private final JobSummaries summaries;
    private final AuditTrail audit;

    OwnExports(JobStore jobs, JobSummaries summaries, AuditTrail audit) {
        this.jobs = jobs;
        this.summaries = summaries;
        this.audit = audit;
    }

    /** Empty where the caller may see nothing: not even that is told. */
    JobPage list(Caller caller, ListCall call) {
        var search = call.search(caller);
        if (!isAllowed(caller, search.requestedBy())) {
            return JobPage.EMPTY;
        }
        var page = summaries.page(search);
        tellAuditors(caller, page.jobs());
        return page;
    }

    /** @throws NewerJob if it is one that the caller may see */
    ExportJob find(Caller caller, String id) {
        var found = Optional.of(id)
                .filter(JobIds::isValid)
                .flatMap(job -> stored(caller, job))
                .filter(job -> isAllowed(caller, job.requestedBy()))
                .orElseThrow(ExportProblems::notFound);
        tellAuditors(caller, List.of(found.summary()));
        return found;
    }

    private Optional<ExportJob> stored(Caller caller, String id) {
        try {
            return jobs.find(id);
        } catch (NewerJob newer) {
            // whose it is can be read of any version; what is told of it perhaps not
            if (summaries.requesterOf(id).filter(by -> isAllowed(caller, by)).isEmpty()) {
                throw ExportProblems.notFound();
            }
            summaries.find(id).ifPresent(shown -> tellAuditors(caller, List.of(shown)));
            throw newer;
        }
    }

    /**
     * What is told of an export, without the rest of it.
     *
     * @throws NewerJob if it is one that the caller may see, of which nothing can be told
     */
    JobSummary summary(Caller caller, String id) {
        var found = Optional.of(id)
                .filter(JobIds::isValid)
                .flatMap(summaries::find)
                .filter(job -> isAllowed(caller, job.requestedBy()));
        if (found.isEmpty()) {
            // as a whole it says why nothing can be told of it
            return find(caller, id).summary();
        }
        tellAuditors(caller, List.of(found.get()));
        return found.get();
    }

    /** @param requester none = everybody */
    private static boolean isAllowed(Caller caller, @Nullable String requester) {
        return caller.admin() || caller.name().equals(requester);
    }

    private void tellAuditors(Caller caller, List<JobSummary> seen) {
        var others = seen.stream()
                .filter(job -> !job.requestedBy().equals(caller.name()))
                .toList();
        if (!others.isEmpty()) {
            audit.saw(others, caller.actor());
        }
    }
}
