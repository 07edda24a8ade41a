package io.baler.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.baler.job.ArchiveFormat;
import io.baler.job.JobConnection;
import io.baler.job.JobStore;
import io.baler.job.LogFilters;
import io.baler.job.NewJob;
import io.baler.job.Selection;
import io.baler.job.storage.ExportBucket;
import io.baler.job.tracing.Traces;
import io.baler.local.MongoServer;
import io.baler.worker.archive.ArchivedPart;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@Timeout(60)
class PartUploadsTest {
    private static final String JOB = "64b000000000000000000001";
    private static final int PART = 1_000;
    private static final long AMPLE = 100L * PART;

    private final MongoServer server = MongoServer.inMemory(0);
    private final MongoClient client = MongoClients.create(server.connectionString());
    private final JobStore jobs =
            new JobStore(JobConnection.open(new SimpleMongoClientDatabaseFactory(client, "baler")));
    private final HeldStorage storage = new HeldStorage();
    private ActiveExport export;

    /** Acknowledges a part when the test says so. */
    private static final class HeldStorage implements S3AsyncClient {
        private final Map<Integer, CompletableFuture<UploadPartResponse>> arrived = new ConcurrentHashMap<>();

        @Override
        public CompletableFuture<UploadPartResponse> uploadPart(UploadPartRequest part, AsyncRequestBody body) {
            return arrived.computeIfAbsent(part.partNumber(), n -> new CompletableFuture<>());
        }

        void acknowledge(int n) {
            arrived.get(n)
                    .complete(UploadPartResponse.builder().eTag("etag-" + n).build());
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void claim() {
        var selection = new Selection(null, "baler", "activities", "user", "action", "createdAt");
        jobs.create(new NewJob(JOB, "ada", LogFilters.NONE, selection, "0".repeat(64), ArchiveFormat.JSON, null));
        var claim = jobs.claim(JOB, "worker", Duration.ofMinutes(1)).orElseThrow();
        export = new ActiveExport(
                jobs.beginUpload(claim, "a.zip", "upload"), 0, new StopSignal(Thread.currentThread(), Machine.real()));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void twoPartsAreOnTheirWayAndCommittedInOrderWhicheverArrivesFirst() {
        try (var uploads = uploads(AMPLE)) {
            uploads.accept(part(1));
            uploads.accept(part(2));
            await().until(() -> storage.arrived.keySet().containsAll(List.of(1, 2)));

            storage.acknowledge(2);
            await().until(() -> uploads.spare().isPresent());
            assertThat(committed()).isZero();

            storage.acknowledge(1);
            uploads.awaitCommits();
            assertThat(committed()).isEqualTo(2);
            assertThat(export.job().checkpoint().seq()).isEqualTo(2);
        }
    }

    @Test
    void behindAPartThatFailsNothingIsCommitted() {
        try (var uploads = uploads(AMPLE)) {
            uploads.accept(part(1));
            uploads.accept(part(2));
            await().until(() -> storage.arrived.keySet().containsAll(List.of(1, 2)));

            storage.acknowledge(2);
            storage.arrived.get(1).completeExceptionally(new IllegalStateException("the storage is away"));

            assertThatThrownBy(uploads::awaitCommits).hasMessageContaining("the storage is away");
            assertThat(committed()).isZero();
        }
    }

    @Test
    void whereTwoLeaveNoMemoryForFilesPartsGoOneAtATime() {
        try (var uploads = uploads(3L * PART)) {
            assertThat(uploads.mostHeld(PART)).isEqualTo(1);
        }
        try (var uploads = uploads(4L * PART)) {
            assertThat(uploads.mostHeld(PART)).isEqualTo(2);
        }
    }

    private PartUploads uploads(long memory) {
        var presigner = S3Presigner.builder().region(Region.US_EAST_1).build();
        return new PartUploads(
                jobs, new ExportBucket(storage, presigner, "exports"), export, memory, Machine.real(), Traces.NONE);
    }

    private int committed() {
        return jobs.find(JOB).orElseThrow().checkpoint().seq();
    }

    private static ArchivedPart part(int n) {
        return new ArchivedPart(
                n,
                ByteBuffer.allocate(PART),
                "AAAAAA==",
                List.of(),
                new BsonInt32(n),
                n,
                (long) n * PART,
                "digest",
                n,
                null);
    }
}
