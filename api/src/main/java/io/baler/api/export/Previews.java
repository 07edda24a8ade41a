package io.baler.api.export;

import io.baler.job.NewJob;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.JobIds;
import io.baler.job.source.LogDatabase;
import io.baler.job.source.LogQuery;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Service;

/**
 * Says what an export would hold, and starts nothing. Counting may be all that the logs' database can do for a while, so
 * it ends in time, and there are only so many at once.
 */
@Service
final class Previews {
    /** Of the time limit; the rest is for the sample. */
    private static final double FOR_COUNTING = 0.8;

    private final ExportRequests requests;
    private final LogDatabase logs;
    private final PreviewSettings settings;
    private final Clock clock;
    private final Semaphore places;

    Previews(ExportRequests requests, LogDatabase logs, PreviewSettings settings, Clock clock) {
        this.requests = requests;
        this.logs = logs;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.atOnce());
    }

    Preview preview(Caller caller, ExportCall call) {
        if (!places.tryAcquire()) {
            throw ExportProblems.tooManyPreviews(settings.atOnce(), settings.timeLimit());
        }
        try {
            // a database that is gone is told as such, and not taken for one that takes long to count
            logs.ping(settings.timeLimit());
            var unknown = requests.unknownIn(call.export());
            return unknown.areNone()
                    ? estimate(requests.accept(JobIds.next(), caller.name(), call.export()))
                    : Preview.ofNothing(unknown);
        } finally {
            places.release();
        }
    }

    private Preview estimate(NewJob wish) {
        var limit = settings.timeLimit();
        var end = Deadline.in(limit);
        var countingEnd = Deadline.in(limit.minusMillis((long) (limit.toMillis() * (1 - FOR_COUNTING))));
        var query = queryOf(wish).matching();
        var records = logs.logs(wish.selection());
        var count = BoundedCount.of(records, query, countingEnd);
        if (count.count() == 0) {
            return Preview.of(count, count.exact() ? 0L : null);
        }
        var each = SampledSize.of(records, query, end);
        return Preview.of(count, each.isPresent() ? (Long) Math.round(each.getAsDouble() * count.count()) : null);
    }

    private LogQuery queryOf(NewJob wish) {
        var now = clock.instant();
        var asOf = wish.asOf() == null || wish.asOf().isAfter(now) ? now : wish.asOf();
        return new LogQuery(wish.filters(), wish.selection(), asOf);
    }
}
