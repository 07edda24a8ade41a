package io.baler.worker.chaos;

import com.mongodb.client.model.Sorts;
import io.baler.job.ArchiveFormat;
import io.baler.worker.Installation;
import io.baler.worker.LargeLogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/** Real servers, logs that make an archive of three parts, and workers that notice a death within a second. */
final class Stage implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(1);
    private static final int RECORDS = 2_000;
    private static final String[] WORKER = {
        "--baler.archive.part-size=5MB",
        "--baler.archive.logs-per-file=100",
        "--baler.worker.lease=" + LEASE.toSeconds() + "s",
        "--baler.worker.poll=100ms"
    };

    private final Installation baler = new Installation();
    private final List<String> ids = LargeLogs.fill(baler.database(), RECORDS);
    private final UndisturbedArchive undisturbed = new UndisturbedArchive(logs());
    private final StoredBytes stored = new StoredBytes(baler);
    private final WorkerPool workers = new WorkerPool(baler, 3, WORKER);
    private Moment.Life life;

    private List<RawBsonDocument> logs() {
        return baler.database()
                .getCollection("activities", RawBsonDocument.class)
                .find()
                .sort(Sorts.ascending("_id"))
                .into(new ArrayList<>());
    }

    /** The same for all suites. */
    WorkerPool workers() {
        return workers;
    }

    /** Everything is asked for. */
    DisturbedExport request() {
        return request(ArchiveFormat.JSON);
    }

    DisturbedExport request(ArchiveFormat format) {
        return new DisturbedExport(this, baler.request("{'filters':{},'format':'" + format + "'}"));
    }

    /** How an export goes when nothing happens to it. */
    Moment.Life undisturbedLife() {
        if (life == null) {
            workers.awaitReady(2);
            try (var export = request()) {
                var job = export.awaitEnd();
                export.assertUndamaged();
                life = new Moment.Life(
                        Duration.between(job.createdAt(), job.updatedAt()),
                        job.checkpoint().seq());
            }
        }
        return life;
    }

    Installation baler() {
        return baler;
    }

    List<String> ids() {
        return ids;
    }

    UndisturbedArchive undisturbed() {
        return undisturbed;
    }

    StoredBytes stored() {
        return stored;
    }

    @Override
    public void close() {
        workers.close();
        stored.close();
        baler.close();
    }
}
