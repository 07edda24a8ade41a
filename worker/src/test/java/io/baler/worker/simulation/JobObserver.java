package io.baler.worker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Looks at the job behind every write: epochs and parts only ever rise, and while it lives something happens. */
final class JobObserver {
    private final MongoCollection<Document> jobs;
    private final Scheduler scheduler;
    private @Nullable Document last;
    private long changedAt;

    JobObserver(MongoCollection<Document> jobs, Scheduler scheduler) {
        this.jobs = jobs;
        this.scheduler = scheduler;
    }

    void look() {
        var now = jobs.find().first();
        if (Objects.equals(now, last)) {
            return;
        }
        if (now != null && last != null && now.containsKey("epoch")) {
            assertThat(now.getLong("epoch")).as("epoch").isGreaterThanOrEqualTo(last.getLong("epoch"));
            assertThat(now.getInteger("gen")).as("gen").isGreaterThanOrEqualTo(last.getInteger("gen"));
            if (now.getInteger("gen").equals(last.getInteger("gen")) && isLive(now)) {
                assertThat(seq(now)).as("seq").isGreaterThanOrEqualTo(seq(last));
            }
        }
        last = now;
        changedAt = scheduler.nanos();
    }

    /** Nanoseconds since a live job last changed; renewals count. 0 when none lives. */
    long stuckFor() {
        return last != null && isLive(last) ? scheduler.nanos() - changedAt : 0;
    }

    boolean hasEnded() {
        return last != null && !isLive(last);
    }

    String status() {
        return last == null ? "" : last.getString("status");
    }

    private static boolean isLive(Document job) {
        return List.of("queued", "exporting", "uploading").contains(job.getString("status"));
    }

    private static int seq(Document job) {
        return job.get("checkpoint", Document.class).getInteger("seq");
    }
}
