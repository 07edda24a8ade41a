package io.baler.api.export;

import io.baler.job.ExportJob;
import io.baler.job.JobQueries;
import io.baler.job.NewJob;
import io.baler.job.source.SourceSettings;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Finds a finished export that holds exactly what a new one would. */
@Service
final class ReusableExports {
    private final JobQueries found;
    private final SourceSettings source;
    private final Clock clock;

    ReusableExports(JobQueries found, SourceSettings source, Clock clock) {
        this.found = found;
        this.source = source;
        this.clock = clock;
    }

    Optional<ExportJob> find(NewJob wish) {
        return found.completedEqualsOf(wish).stream()
                .filter(job -> job.selection().selectsAs(wish.selection()))
                .filter(job -> isClosed(job) && isWithin(wish))
                .filter(this::canBeHad)
                .findFirst();
    }

    /** No record of its range can have come since: it ended, and had time to settle, before the export began. */
    private boolean isClosed(ExportJob job) {
        var dateTo = job.filters().dateTo();
        return dateTo != null && !dateTo.isAfter(job.asOf().minus(source.settle()));
    }

    /** Who wants to see less than the range has an earlier end in mind than the finished export has. */
    private static boolean isWithin(NewJob wish) {
        var dateTo = wish.filters().dateTo();
        return dateTo != null && (wish.asOf() == null || !wish.asOf().isBefore(dateTo));
    }

    private boolean canBeHad(ExportJob job) {
        var archive = job.attachment();
        return archive == null ? job.hasNoResults() : clock.instant().isBefore(archive.expiresAt());
    }
}
