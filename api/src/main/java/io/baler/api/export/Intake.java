package io.baler.api.export;

import io.baler.job.Change;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.job.NewJob;
import io.baler.job.audit.AuditAction;
import io.baler.job.audit.AuditTrail;
import io.baler.job.events.ExportEvents;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.JobIds;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Makes exports of what callers ask for: first audited and in the store, then told by a message. */
@Service
final class Intake {
    private final ExportRequests requests;
    private final ReusableExports reusable;
    private final JobStore jobs;
    private final ExportEvents events;
    private final AuditTrail audit;

    Intake(ExportRequests requests, ReusableExports reusable, JobStore jobs, ExportEvents events, AuditTrail audit) {
        this.requests = requests;
        this.reusable = reusable;
        this.jobs = jobs;
        this.events = events;
        this.audit = audit;
    }

    /**
     * Creates the export, or, if that is wished, begins the one anew that is in its way or gives a finished one that
     * holds the same.
     */
    ExportAnswer request(Caller caller, ExportCall call) {
        while (true) {
            var wish = judge(caller, call, JobIds.next());
            var finished = finished(caller, call, wish);
            if (finished.isPresent()) {
                return ExportAnswer.reused(finished.get());
            }
            var creation = jobs.create(wish);
            if (creation instanceof Creation.Created created) {
                return ExportAnswer.accepted(begun(caller, created.job()));
            }
            var restarted = restartable(creation, call).flatMap(existing -> restart(caller, existing));
            if (restarted.isPresent()) {
                return ExportAnswer.accepted(restarted.get());
            }
            // it ended between the two looks: the way is free now
        }
    }

    /** Freezes what the call means, or ends it with what is wrong about it. */
    NewJob judge(Caller caller, ExportCall call, String id) {
        return requests.accept(id, caller.name(), call.export()).tracedAs(call.trace());
    }

    /** What is finished already and will do, if that is wished. */
    Optional<ExportJob> finished(Caller caller, ExportCall call, NewJob wish) {
        var finished = call.reuse() ? reusable.find(wish) : Optional.<ExportJob>empty();
        // of its own, not once for the job: it is asked for again
        finished.ifPresent(job -> audit.did(AuditAction.REQUESTED, job.id(), caller.actor()));
        return finished;
    }

    ExportJob begun(Caller caller, ExportJob created) {
        audit.requested(created, caller.actor());
        events.requested(created);
        return created;
    }

    /** Answers a request that was sent before. Whoever took it first may not have come to say that it was made. */
    ExportJob repeated(Caller caller, ExportJob job) {
        audit.requested(job, caller.actor());
        return job;
    }

    /** What is in the way and is to begin anew instead; ends the call if something else is. Nothing = try again. */
    static Optional<ExportJob> restartable(Creation refusal, ExportCall call) {
        if (refusal instanceof Creation.TooMany tooMany) {
            throw ExportProblems.tooManyLive(tooMany.limit());
        }
        if (!(refusal instanceof Creation.Duplicate duplicate)) {
            return Optional.empty();
        }
        if (!call.restartJob()) {
            throw ExportProblems.duplicate(duplicate.existing());
        }
        return Optional.of(duplicate.existing());
    }

    /** Nothing if it has ended, or has been restarted or resumed by somebody else, since it was looked at. */
    Optional<ExportJob> restart(Caller caller, ExportJob existing) {
        audit.did(AuditAction.RESTARTED, existing.id(), caller.actor());
        if (jobs.restart(existing.id(), existing.liveSince()) instanceof Change.Changed changed) {
            events.restarted(changed.job());
            return Optional.of(changed.job());
        }
        return Optional.empty();
    }
}
