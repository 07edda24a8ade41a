package io.baler.cleanup;

import static io.baler.cleanup.Installation.keyOf;
import static io.baler.job.JobStatus.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.ExportJob;
import io.baler.job.RetentionSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** However many jobs there are to sweep, whoever sweeps them as well, and whatever is wrong with some. */
@ExtendWith({OnInstallation.class, OutputCaptureExtension.class})
class ManyJobsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final RetentionSettings RETENTION = new RetentionSettings(DAY, DAY, DAY);
    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Installation baler;

    ManyJobsTest(Installation baler) {
        this.baler = baler;
    }

    @BeforeEach
    void clear() {
        baler.clear();
    }

    @Test
    void allOldFailuresGoInOneRoundHoweverMany() {
        var many = Effort.of(3_000, 30_000);
        copies(ended(baler.failed()), many);

        assertThat(new OldFailures(baler.found, baler.jobs, RETENTION, CLOCK).run())
                .isEqualTo(many + 1);

        assertThat(statuses()).isEqualTo(Map.of("deleted", many + 1));
    }

    /** More of them than are read at once: they must not hide those behind them. */
    @Test
    void jobsThatCannotBeSweptStayAndTheOthersGo(CapturedOutput output) {
        var broken = ended(baler.completed());
        copies(broken, 299);
        // no bucket has a key that long; each its own, for what is shared would not be deleted at all
        for (var copy : baler.mongo.getCollection("exportJobs").find().into(new ArrayList<>())) {
            baler.mongo
                    .getCollection("exportJobs")
                    .updateOne(
                            new Document("_id", copy.get("_id")),
                            new Document("$set", new Document("attachment.key", copy.get("_id") + "k".repeat(5_000))));
        }
        var last = ended(baler.completed());

        var downloads = new ExpiredDownloads(baler.found, baler.jobs, baler.bucket, DAY, CLOCK);
        var round = Round.whole(downloads);
        downloads.run(round);

        assertThat(round.swept()).isEqualTo(1);
        assertThat(round.failed()).isEqualTo(300);
        assertThat(baler.jobs.find(last.id())).isEmpty();
        assertThat(baler.isThere(keyOf(last))).isFalse();
        assertThat(output).contains(broken.id() + " could not be swept");
    }

    @Test
    void replicasThatSweepAtOnceAreInNobodysWay() throws Exception {
        for (var n = 0; n < 5; n++) {
            ended(baler.completed());
            ended(baler.failed());
            baler.set(baler.exporting(), "liveSince", Date.from(Instant.now().minus(DAY.multipliedBy(2))));
        }
        copies(ended(baler.failed()), 300);

        var replicas = Executors.newFixedThreadPool(3);
        var swept = 0;
        try {
            for (var each : replicas.invokeAll(List.of(replica(), replica(), replica()))) {
                swept += each.get();
            }
        } finally {
            replicas.shutdown();
        }

        // the embedded server may show a job half buried, which a server does not; it is left to whoever buries it.
        // five downloads, five and 301 failures, five that were overdue: each by one of the three
        assertThat(swept).isEqualTo(5 + 5 + 301 + 5);
        assertThat(statuses()).isEqualTo(Map.of("deleted", 311, "expired", 5));
    }

    private Callable<Integer> replica() {
        return () -> List.<Sweep>of(
                        new OverdueJobs(baler.found, baler.jobs, baler.events, RETENTION),
                        new ExpiredDownloads(baler.found, baler.jobs, baler.bucket, DAY, CLOCK),
                        new OldFailures(baler.found, baler.jobs, RETENTION, CLOCK))
                .stream()
                .mapToInt(Sweep::run)
                .sum();
    }

    @Test
    void aDryRunLeavesEverythingAsItIsAndSaysWhatTheNextWetOneDoes() {
        ended(baler.completed());
        ended(baler.failed());
        baler.set(baler.exporting(), "liveSince", Date.from(Instant.now().minus(DAY.multipliedBy(2))));
        baler.jobs.cancel(baler.exporting().id());
        baler.putObject(baler.keys.keyOf(baler.queued()).replace("/0/", "/7/"));
        var twoDaysOn = Clock.fixed(Instant.now().plus(DAY.multipliedBy(2)), ZoneOffset.UTC);
        List<Sweep> sweeps = List.of(
                new OverdueJobs(baler.found, baler.jobs, baler.events, RETENTION),
                new ExpiredDownloads(baler.found, baler.jobs, baler.bucket, DAY, CLOCK),
                new OldFailures(baler.found, baler.jobs, RETENTION, CLOCK),
                new GarbageBytes(baler.found, baler.jobs, baler.bucket, baler.contents, DAY),
                new UnannouncedEnds(baler.found, baler.events, Duration.ofSeconds(-1)),
                new Orphans(baler.found, baler.bucket, baler.contents, baler.keys, twoDaysOn));
        var before = everything();

        var told = new ArrayList<Integer>();
        for (var sweep : sweeps) {
            var round = new Round(sweep.name(), true, () -> false);
            sweep.run(round);
            told.add(round.swept());
        }

        assertThat(everything()).isEqualTo(before);
        assertThat(told).isEqualTo(List.of(1, 1, 1, 1, told.get(4), 1));
        assertThat(told.get(4)).isPositive();
        assertThat(sweeps.get(1).run()).isEqualTo(told.get(1));
        assertThat(sweeps.get(2).run()).isEqualTo(told.get(2));
        assertThat(sweeps.get(5).run()).isEqualTo(told.get(5));
        assertThat(sweeps.get(0).run()).isEqualTo(told.get(0));
    }

    private String everything() {
        var documents = baler.mongo.getCollection("exportJobs").find().into(new ArrayList<>());
        var objects = baler.contents.objects("").map(Object::toString).sorted().toList();
        var uploads = baler.contents.uploads("").map(Object::toString).sorted().toList();
        return documents + "\n" + objects + "\n" + uploads;
    }

    private Map<String, Integer> statuses() {
        var statuses = new TreeMap<String, Integer>();
        for (var job : baler.mongo.getCollection("exportJobs").find()) {
            statuses.merge(job.getString("status"), 1, Integer::sum);
        }
        return statuses;
    }

    private ExportJob ended(ExportJob job) {
        baler.set(job, "endedAt", Date.from(NOW.minus(DAY).minusMillis(1)));
        return job;
    }

    private void copies(ExportJob job, int count) {
        var stored = baler.stored(job);
        // what only one job may hold
        List.of("liveKey", "requesterSeat", "totalSeat").forEach(stored::remove);
        baler.mongo
                .getCollection("exportJobs")
                .insertMany(IntStream.range(0, count)
                        .mapToObj(n -> new Document(stored).append("_id", new ObjectId().toHexString()))
                        .toList());
        assertThat(stored.getString("status")).isIn(COMPLETED.value(), "failed");
    }
}
