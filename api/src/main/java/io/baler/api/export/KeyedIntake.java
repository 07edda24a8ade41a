package io.baler.api.export;

import io.baler.api.export.KeptKeys.KeptKey;
import io.baler.api.export.KeptKeys.Life;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.JobStore;
import io.baler.job.request.JobIds;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Takes a request under a client's key: however often it is sent, to whichever replica, and whatever crashes in between,
 * one job comes of it. The key's document says which before there is one, so who comes behind a crash completes it. A
 * request that is refused has started nothing, and may be sent again under its key.
 */
@Service
final class KeyedIntake {
    private final Intake intake;
    private final KeptKeys keys;
    private final JobStore jobs;

    KeyedIntake(Intake intake, KeptKeys keys, JobStore jobs) {
        this.intake = intake;
        this.keys = keys;
        this.jobs = jobs;
    }

    ExportAnswer request(Caller caller, ExportCall call, KeyedCall keyed) {
        while (true) {
            var decided = keys.find(keyed.key()).or(() -> decide(caller, call, keyed));
            if (decided.isPresent() && !decided.get().body().equals(keyed.body())) {
                throw ExportProblems.keyReused();
            }
            var answer = decided.flatMap(kept -> carryOut(kept, caller, call));
            if (answer.isPresent()) {
                return answer.get();
            }
            // something came between: it is to be seen in what is decided by now
        }
    }

    private Optional<KeptKey> decide(Caller caller, ExportCall call, KeyedCall keyed) {
        // what can never be accepted does not use its key up
        var wish = intake.judge(caller, call, JobIds.next());
        var finished = intake.finished(caller, call, wish);
        return keys.keep(keyed, finished.map(ExportJob::id).orElse(wish.id()), finished.isPresent());
    }

    private Optional<ExportAnswer> carryOut(KeptKey kept, Caller caller, ExportCall call) {
        var known = jobs.find(kept.jobId());
        if (kept.reuses()) {
            return Optional.of(ExportAnswer.reused(known.orElseThrow(ExportProblems::keysExportDeleted)));
        }
        var life = kept.restarts();
        return known.map(job -> intake.repeated(caller, job))
                .or(() -> life == null ? create(kept, caller, call) : restart(kept, life, caller))
                .map(ExportAnswer::accepted);
    }

    private Optional<ExportJob> create(KeptKey kept, Caller caller, ExportCall call) {
        var creation = jobs.create(intake.judge(caller, call, kept.jobId()));
        if (creation instanceof Creation.Created created) {
            return Optional.of(intake.begun(caller, created.job()));
        }
        if (creation instanceof Creation.IdTaken && isDeleted(kept)) {
            throw ExportProblems.keysExportDeleted();
        }
        Intake.restartable(creation, call).ifPresent(existing -> keys.restart(kept, existing));
        return Optional.empty();
    }

    /** Its id was taken, but not by a job, and not because something else has been decided for its key meanwhile. */
    private boolean isDeleted(KeptKey kept) {
        return jobs.find(kept.jobId()).isEmpty()
                && keys.find(kept.id()).filter(kept::equals).isPresent();
    }

    private Optional<ExportJob> restart(KeptKey kept, Life life, Caller caller) {
        // INVARIANT: of the new job and the restart one comes to be. Who still means to create the job, not having seen
        // what was decided since, finds its id taken.
        if (!jobs.forbid(kept.jobId())) {
            return Optional.empty();
        }
        var existing = jobs.find(life.jobId()).orElseThrow(ExportProblems::keysExportDeleted);
        if (!Life.of(existing).equals(life)) {
            // by an earlier try, whose answer was lost
            return Optional.of(existing);
        }
        if (!existing.status().isLive()) {
            keys.createInstead(kept, JobIds.next());
            return Optional.empty();
        }
        return intake.restart(caller, existing);
    }
}
