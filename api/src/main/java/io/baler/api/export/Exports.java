package io.baler.api.export;

import io.baler.job.Change;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.JobQueries;
import io.baler.job.JobStore;
import io.baler.job.events.ExportEvents;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.JobIds;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What a caller can do with exports: only with his or her own, and first in the store, then by a message. */
@Service
final class Exports {
    private final ExportRequests requests;
    private final JobStore jobs;
    private final JobQueries found;
    private final ExportEvents events;
    private final ArchiveRemoval removal;

    Exports(ExportRequests requests, JobStore jobs, JobQueries found, ExportEvents events, ArchiveRemoval removal) {
        this.requests = requests;
        this.jobs = jobs;
        this.found = found;
        this.events = events;
        this.removal = removal;
    }

    List<ExportJob> newest(String caller, int limit) {
        return found.newestOf(caller, limit);
    }

    ExportJob find(String caller, String id) {
        return Optional.of(id)
                .filter(JobIds::isValid)
                .flatMap(jobs::find)
                .filter(job -> job.requestedBy().equals(caller))
                .orElseThrow(ExportProblems::notFound);
    }

    /** Creates the export, or, if that is wished, begins the one anew that is in its way. */
    ExportJob request(String caller, ExportCall call) {
        while (true) {
            var creation = jobs.create(requests.accept(JobIds.next(), caller, call.export()));
            if (creation instanceof Creation.Created created) {
                events.requested(created.job());
                return created.job();
            }
            if (creation instanceof Creation.TooMany tooMany) {
                throw ExportProblems.tooManyLive(tooMany.most());
            }
            if (creation instanceof Creation.Duplicate duplicate) {
                if (!call.restartJob()) {
                    throw ExportProblems.duplicate(duplicate.existing());
                }
                if (jobs.restart(duplicate.existing().id()) instanceof Change.Changed changed) {
                    events.restarted(changed.job());
                    return changed.job();
                }
                // it ended between the two looks: the way is free now
            }
        }
    }

    ExportJob restart(String caller, String id) {
        var job = changed(jobs.restart(find(caller, id).id()), "restarted");
        events.restarted(job);
        return job;
    }

    ExportJob cancel(String caller, String id) {
        var job = changed(jobs.cancel(find(caller, id).id()), "cancelled");
        events.cancelled(job);
        return job;
    }

    ExportJob resume(String caller, String id) {
        var job = changed(jobs.resume(find(caller, id).id()), "resumed");
        events.requested(job);
        return job;
    }

    void delete(String caller, String id) {
        removal.remove(changed(jobs.delete(find(caller, id).id()), "deleted"));
    }

    private static ExportJob changed(Change change, String wish) {
        if (change instanceof Change.Changed changed) {
            return changed.job();
        } else if (change instanceof Change.Refused refused) {
            throw ExportProblems.wrongState(refused.job(), wish);
        } else if (change instanceof Change.Duplicate duplicate) {
            throw ExportProblems.duplicate(duplicate.existing());
        } else if (change instanceof Change.TooMany tooMany) {
            throw ExportProblems.tooManyLive(tooMany.most());
        }
        throw ExportProblems.notFound();
    }
}
