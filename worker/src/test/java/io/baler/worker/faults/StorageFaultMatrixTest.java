package io.baler.worker.faults;

import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.worker.faults.S3Call.Operation.COMPLETE;
import static io.baler.worker.faults.S3Call.Operation.CREATE;
import static io.baler.worker.faults.S3Call.Operation.HEAD;
import static io.baler.worker.faults.S3Call.Operation.LIST_UPLOADS;
import static io.baler.worker.faults.S3Call.Operation.PUT_OBJECT;
import static io.baler.worker.faults.S3Call.Operation.UPLOAD_PART;
import static io.baler.worker.faults.StorageFault.APPLIED_THEN_LOST;
import static io.baler.worker.faults.StorageFault.UPLOAD_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.ExportJob;
import io.baler.job.request.JobIds;
import io.baler.job.storage.ArchiveKeys;
import io.baler.job.storage.ExportBucket;
import io.baler.worker.Installation;
import io.baler.worker.LargeLogs;
import io.baler.worker.guarantee.EveryRecordOnce;
import io.baler.worker.guarantee.SameBytesAsUndisturbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;

/**
 * Every fault of the storage, at every call that an export makes, early and late: the archive is whole, there is one of
 * it, and nothing else is left in the bucket that the job does not name.
 *
 * <p>Workers call CreateMultipartUpload, UploadPart and CompleteMultipartUpload, and HeadObject where a Complete was
 * refused because the upload is not known. ListMultipartUploads is the sweeps' look whether garbage is gone; here it is
 * asked directly. PutObject is called for the manifest and the signature beside a stream; every archive, the smallest
 * too, is an upload.
 */
class StorageFaultMatrixTest {
    private static final int SDK_TRIES =
            AwsRetryStrategy.forRetryMode(RetryMode.defaultRetryMode()).maxAttempts();
    private static final Duration SLOWNESS = Duration.ofMillis(500);

    private static final EnumSet<S3Call.Operation> OPERATIONS =
            EnumSet.of(CREATE, UPLOAD_PART, COMPLETE, HEAD, LIST_UPLOADS, PUT_OBJECT);
    private static final EnumSet<StorageFault> FAULTS = EnumSet.complementOf(EnumSet.of(UPLOAD_UNKNOWN));

    private static Installation baler;
    private static FaultyStorage storage;
    private static BucketContents contents;
    private static ExportBucket workersBucket;
    private static List<String> large;
    private static List<String> small;
    private static final ExecutorService lookers = Executors.newFixedThreadPool(4);
    private static long begun;
    private static int cases;

    /** Which of an archive's three parts fails, and how often in a row whatever fails does. */
    private enum Position {
        FIRST(1, 1),
        MIDDLE(2, 2),
        /** The SDK gives up, so the engine has to begin again from its last commit. */
        LAST(3, SDK_TRIES + 1);

        private final int part;
        private final int failures;

        Position(int part, int failures) {
            this.part = part;
            this.failures = failures;
        }
    }

    @BeforeAll
    static void start() {
        begun = System.nanoTime();
        baler = new Installation();
        small = fewSmallLogs();
        large = new ArrayList<>(small);
        large.addAll(LargeLogs.fill(baler.database(), 1_500));
        storage = FaultyStorage.before(baler.stack().s3().port());
        contents = new BucketContents(baler.stack().s3(), baler.bucket().name());
        workersBucket = baler.startWorker(
                        "--baler.s3.endpoint=http://127.0.0.1:" + storage.port(),
                        "--baler.archive.logs-per-file=100",
                        "--baler.archive.part-size=5MB",
                        "--baler.archive.compression-level=1",
                        "--baler.worker.slots=6",
                        "--baler.worker.poll=100ms",
                        "--baler.worker.max-attempts=20")
                .getBean(ExportBucket.class);
    }

    @AfterAll
    static void stop() {
        System.out.printf(
                "Storage faults: %d cases in %d s%n",
                cases, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        lookers.shutdownNow();
        contents.close();
        baler.close();
        storage.close();
    }

    /** For the cases that are not about parts: most of an export's time is spent on bytes. */
    private static List<String> fewSmallLogs() {
        var logs = Stream.generate(() -> new Document("_id", new ObjectId()).append("action", "PAGE_VIEW"))
                .limit(200)
                .toList();
        baler.database().getCollection("activities").insertMany(logs);
        return logs.stream().map(log -> log.getObjectId("_id").toHexString()).toList();
    }

    /** All exports are requested at once, and looked at one after the other. */
    @TestFactory
    List<DynamicTest> anExportOutlives() {
        var tests = new ArrayList<DynamicTest>();
        for (var operation : OPERATIONS) {
            for (var fault : FAULTS) {
                for (var position : Position.values()) {
                    tests.add(test(operation, fault, position));
                }
            }
        }
        cases = tests.size();
        return tests;
    }

    private static DynamicTest test(S3Call.Operation operation, StorageFault fault, Position position) {
        var name = fault + " at " + operation + ", " + position;
        var id = JobIds.next();
        var planned = plan(id, operation, fault, position);
        if (operation == LIST_UPLOADS) {
            var looking = CompletableFuture.runAsync(() -> assertNeverTakenForGone(id, planned), lookers);
            return DynamicTest.dynamicTest(name, looking::get);
        }
        if (operation == HEAD) {
            askForHead(id);
        }
        var hasThreeParts = operation == UPLOAD_PART;
        baler.request(id, name, request(operation));
        // nobody ever hears of their ids, so only a sweep that lists what is there can find them
        var lost = operation == CREATE && fault == APPLIED_THEN_LOST ? position.failures : 0;
        return DynamicTest.dynamicTest(name, () -> {
            var job = assertIsWhole(id, planned, hasThreeParts ? large : small);
            assertThat(job.checkpoint().parts()).hasSize(hasThreeParts ? 3 : 1);
            assertThat(contents.uploads(id)).as("uploads left").hasSize(lost);
            if (operation == UPLOAD_PART && position == Position.LAST) {
                // the ones that were resumed
                assertSameBytesAsUndisturbed(job);
            }
            ArchiveKeys.objectsOf(job.attachment().key()).forEach(baler.bucket()::delete);
        });
    }

    private static String request(S3Call.Operation operation) {
        return switch (operation) {
            case UPLOAD_PART -> "{'filters':{}}";
            case PUT_OBJECT -> "{'filters':{'actions':['PAGE_VIEW']},'format':'ndjson.gz'}";
            default -> "{'filters':{'actions':['PAGE_VIEW']}}";
        };
    }

    private static PlannedFault plan(String id, S3Call.Operation operation, StorageFault fault, Position position) {
        var call = new S3Call(operation, id, operation == UPLOAD_PART ? position.part : 0);
        var slow = fault == StorageFault.SLOW;
        // an answer that is only slow is the last one, so more of them in a row are one that is slower
        var planned = new PlannedFault(
                fault, call, slow ? 1 : position.failures, SLOWNESS.multipliedBy(slow ? position.failures : 0));
        storage.plan(planned);
        return planned;
    }

    /** The object is made without the worker hearing of it, and then the server does not know the upload. */
    private static void askForHead(String id) {
        var complete = new S3Call(COMPLETE, id, 0);
        storage.plan(new PlannedFault(APPLIED_THEN_LOST, complete, 1, Duration.ZERO));
        storage.plan(new PlannedFault(UPLOAD_UNKNOWN, complete, Integer.MAX_VALUE, Duration.ZERO));
    }

    private static ExportJob assertIsWhole(String id, PlannedFault planned, List<String> records) {
        var job = baler.awaitEnd(id);

        assertThat(job.status()).as(String.valueOf(job.failure())).isEqualTo(COMPLETED);
        assertThat(planned.isOver()).as("the fault has happened").isTrue();
        assertThat(job.gen()).as("generations begun anew").isZero();
        assertThat(job.garbage()).isEmpty();
        var archive = baler.archiveOf(job);
        new EveryRecordOnce(records).holdsFor(archive);
        assertThat(job.attachment().sha256()).isEqualTo(archive.sha256());
        assertThat(contents.objects(id))
                .containsExactlyInAnyOrderElementsOf(
                        ArchiveKeys.objectsOf(job.attachment().key()));
        return job;
    }

    private static void assertSameBytesAsUndisturbed(ExportJob disturbed) {
        var archive = baler.archiveOf(disturbed);
        baler.beginAgain(disturbed.id());
        var undisturbed = baler.awaitEnd(disturbed.id());
        new SameBytesAsUndisturbed(baler.archiveOf(undisturbed)).holdsFor(disturbed, archive);
        baler.bucket().delete(undisturbed.attachment().key());
    }

    /** A wrong "gone" would let the sweeps forget garbage that is still there. */
    private static void assertNeverTakenForGone(String id, PlannedFault planned) {
        var key = "audit-log-bulk-export/" + id + "/0/archive.zip";
        var upload = baler.bucket().beginUpload(key, "application/zip");

        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(SdkException.class)
                .until(() -> {
                    assertThat(workersBucket.contents(1_000).isAlive(key, upload))
                            .isTrue();
                    return true;
                });

        assertThat(planned.isOver()).as("the fault has happened").isTrue();
        baler.bucket().abort(key, upload);
        assertThat(workersBucket.contents(1_000).isAlive(key, upload)).isFalse();
    }
}
