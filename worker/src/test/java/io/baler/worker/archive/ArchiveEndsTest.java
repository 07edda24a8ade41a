package io.baler.worker.archive;

import static io.baler.worker.archive.TestArchives.DIRECT;
import static io.baler.worker.archive.TestArchives.engine;
import static io.baler.worker.archive.TestArchives.records;
import static io.baler.worker.archive.TestArchives.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.baler.job.ArchiveFormat;
import io.baler.job.Checkpoint;
import io.baler.job.Engine;
import io.baler.job.InvalidRecords;
import io.baler.worker.encode.JsonEncoder;
import io.baler.worker.encode.MalformedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

/** How an archive ends when it does not end well. */
class ArchiveEndsTest {

    private final ArchiveSpec spec = spec(engine(1, 1 << 20), 1 << 20);
    private final RawBsonDocument record = records(1, 1).get(0);

    @Test
    void aRecordWithoutAnIdIsRefused() {
        try (var archive = open(DIRECT, part -> {})) {
            assertThatExceptionOfType(MalformedRecord.class)
                    .isThrownBy(() -> archive.append(RawBsonDocument.parse("{a: {_id: 1}}")))
                    .withMessageContaining("it has no _id");
            archive.append(RawBsonDocument.parse("{a: 1, _id: 2}"));
            assertThat(archive.count()).isOne();
        }
    }

    @Test
    void whatTheSinkThrowsReachesWhoeverAppendsAndEndsTheArchive() {
        var thrown = new IllegalStateException("no longer mine");
        var archive = ExportArchive.open(spec(engine(1, 1), 1), Checkpoint.EMPTY, List.of(), DIRECT, part -> {
            throw thrown;
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> archive.append(record))
                .withMessage("no longer mine");
        assertThatIllegalStateException()
                .isThrownBy(() -> archive.append(record))
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(archive::finish).withMessageContaining("closed");
    }

    @Test
    void anInterruptedThreadIsNotKeptWaitingForADeflater() {
        var archive = open(new CompressionThreads(task -> {}, 1), part -> {});
        archive.append(record);

        Thread.currentThread().interrupt();

        assertThatIllegalStateException()
                .isThrownBy(() -> archive.append(record))
                .withMessageContaining("interrupted")
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).as("the thread's flag").isTrue();
    }

    @Test
    void anInterruptedThreadDoesNotFinish() {
        var archive = open(new CompressionThreads(task -> {}, 4), part -> {});
        archive.append(record);

        Thread.currentThread().interrupt();

        assertThatIllegalStateException().isThrownBy(archive::finish).withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).as("the thread's flag").isTrue();
    }

    @Test
    void aFileThatCannotBeDeflatedIsNamed() {
        var queue = new CompressionQueue(DIRECT, spec);
        var broken = new ClosedFile(
                "broken.json", null, 1, new BsonInt32(1), new BsonInt32(1), List.of(), InvalidRecords.NONE);

        queue.submit(broken);

        assertThatIllegalStateException()
                .isThrownBy(queue::take)
                .withMessage("broken.json could not be compressed")
                .withCauseInstanceOf(NullPointerException.class);
    }

    @Test
    void threadsThatTakeNoMoreTasksEndTheArchive() {
        var pool = Executors.newSingleThreadExecutor();
        pool.shutdown();
        var archive = open(new CompressionThreads(pool, 1), part -> {});

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> archive.append(record));
    }

    @Test
    void whatWaitsToBeDeflatedIsLeftWhenTheArchiveIsClosed() {
        List<Runnable> tasks = new ArrayList<>();
        List<ArchivedPart> parts = new ArrayList<>();
        var archive = open(new CompressionThreads(tasks::add, 4), parts::add);
        records(4, 1).forEach(archive::append);

        archive.close();
        archive.close();
        tasks.forEach(Runnable::run);

        assertThat(tasks).hasSize(4);
        assertThat(parts).isEmpty();
    }

    @Test
    void aClosedArchiveKeepsNoThreadBusy() throws InterruptedException {
        var pool = Executors.newFixedThreadPool(2);
        var archive = ExportArchive.open(
                spec(new Engine(JsonEncoder.VERSION, "jdk", 9, 20_000, 16 << 20, 1, null), 1),
                Checkpoint.EMPTY,
                List.of(),
                new CompressionThreads(pool, 4),
                part -> {});
        records(70_000, 1).forEach(archive::append);

        archive.close();
        pool.shutdown();

        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anArchiveOfTooManyPartsSaysSoBeforeItsLastPartIsFull() {
        var schedule = new PartSchedule(List.of(new PartSchedule.Step(3, 1)));
        var spec = TestArchives.spec(
                "job", TestArchives.AS_OF, engine(1, 1), schedule, TestArchives.facts(ArchiveFormat.JSON));
        List<ArchivedPart> parts = new ArrayList<>();
        var archive = ExportArchive.open(spec, Checkpoint.EMPTY, List.of(), DIRECT, parts::add);
        archive.append(record);
        archive.append(record);

        assertThatExceptionOfType(ArchiveTooLarge.class)
                .isThrownBy(() -> archive.append(record))
                .withMessageContaining("more than the 3 parts");
        assertThat(parts).hasSize(2);
    }

    @Test
    void whatThisWorkerCannotMakeIsRefused() {
        assertRefused(new Engine("json-0", "jdk", 6, 1, 1, 1, null), "the encoder json-1, got json-0");
        assertRefused(new Engine(JsonEncoder.VERSION, "isal", 6, 1, 1, 1, null), "the compressor jdk, got isal");
        assertRefused(engine(0, 1), "at least one record a file, got 0");
        assertRefused(engine(1, 0), "files of 1 byte to 1 GiB, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestArchives.spec(
                        "../x",
                        TestArchives.AS_OF,
                        engine(1, 1),
                        PartSchedule.of(1),
                        TestArchives.facts(ArchiveFormat.JSON)))
                .withMessageContaining("a job id");
    }

    private static void assertRefused(Engine engine, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(engine, 1))
                .withMessage("this worker makes archives with " + message);
    }

    private ExportArchive open(CompressionThreads deflaters, PartSink parts) {
        return ExportArchive.open(spec, Checkpoint.EMPTY, List.of(), deflaters, parts);
    }
}
