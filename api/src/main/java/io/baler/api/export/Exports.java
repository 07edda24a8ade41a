package io.baler.api.export;

import io.baler.job.Change;
import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.job.audit.AuditAction;
import io.baler.job.audit.AuditTrail;
import io.baler.job.events.ExportEvents;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/**
 * What a caller can do with exports that there are: only with those that {@link OwnExports} finds, and first in the
 * store, then by a message.
 */
@Service
final class Exports {
    private final JobStore jobs;
    private final OwnExports own;
    private final ExportEvents events;
    private final AuditTrail audit;

    Exports(JobStore jobs, OwnExports own, ExportEvents events, AuditTrail audit) {
        this.jobs = jobs;
        this.own = own;
        this.events = events;
        this.audit = audit;
    }

    ExportJob restart(Caller caller, String id) {
        var job = change(caller, id, AuditAction.RESTARTED, jobs::restart);
        events.restarted(job);
        return job;
    }

    ExportJob cancel(Caller caller, String id) {
        var job = change(caller, id, AuditAction.CANCELLED, jobs::cancel);
        events.cancelled(job);
        return job;
    }

    ExportJob resume(Caller caller, String id) {
        var job = change(caller, id, AuditAction.RESUMED, jobs::resume);
        events.requested(job);
        return job;
    }

    /** Returns the export as it was. */
    ExportJob delete(Caller caller, String id) {
        return change(caller, id, AuditAction.DELETED, jobs::delete);
    }

    private ExportJob change(Caller caller, String id, AuditAction wish, Function<String, Change> change) {
        var job = own.find(caller, id);
        if (!wish.isPossibleFor(job)) {
            throw ExportProblems.wrongState(job, wish.participle());
        }
        audit.did(wish, job.id(), caller.actor());
        return changed(change.apply(job.id()), wish.participle());
    }

    private static ExportJob changed(Change change, String wish) {
        if (change instanceof Change.Changed changed) {
            return changed.job();
        } else if (change instanceof Change.Refused refused) {
            throw ExportProblems.wrongState(refused.job(), wish);
        } else if (change instanceof Change.Duplicate duplicate) {
            throw ExportProblems.duplicate(duplicate.existing());
        } else if (change instanceof Change.TooMany tooMany) {
            throw ExportProblems.tooManyLive(tooMany.limit());
        }
        throw ExportProblems.notFound();
    }
}
