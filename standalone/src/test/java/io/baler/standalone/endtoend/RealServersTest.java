package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.JobStatus;
import io.baler.job.JobStore;
import io.baler.job.events.ExportEvents;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.JobIds;
import io.baler.job.request.RequestReader;
import io.baler.job.start.ServiceDefaults;
import io.baler.job.storage.ExportBucket;
import io.baler.standalone.stack.NewSigningKey;
import io.baler.worker.WorkerApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import tools.jackson.databind.json.JsonMapper;

/** One export on MongoDB, Kafka and an S3 server as they run in production. Skipped where there is no Docker. */
@EnabledIf("dockerAnswers")
@Testcontainers
class RealServersTest {
    private static final Logger log = LoggerFactory.getLogger(RealServersTest.class);
    private static final String KEY = "baler-test";
    private static final String SECRET = "baler-test-secret";

    @Container
    private static final MongoDBContainer MONGODB = new MongoDBContainer("mongo:8.0");

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.2.0");

    @Container
    private static final GenericContainer<?> S3 = new GenericContainer<>("versity/versitygw:v1.0.18")
            .withEnv(Map.of("ROOT_ACCESS_KEY", KEY, "ROOT_SECRET_KEY", SECRET))
            .withCommand("--port", ":7070", "posix", "/tmp/data")
            // a directory at the root of its data is a bucket
            .withTmpFs(Map.of("/tmp/data/exports", "rw"))
            .withExposedPorts(7070)
            .waitingFor(Wait.forListeningPort());

    @TempDir
    private Path directory;

    static boolean dockerAnswers() {
        var answers = DockerClientFactory.instance().isDockerAvailable();
        if (!answers) {
            log.warn(
                    "skipped: no Docker engine answers here, so nothing was tried on real MongoDB, Kafka and S3 servers");
        }
        return answers;
    }

    @Test
    void exportsEveryRecordOnce() throws IOException {
        var ids = IntStream.range(0, 25_000).mapToObj(n -> new ObjectId()).toList();
        try (var mongo = MongoClients.create(MONGODB.getConnectionString())) {
            mongo.getDatabase("baler")
                    .getCollection("activities")
                    .insertMany(ids.stream().map(id -> new Document("_id", id)).toList());
        }
        try (var worker = startWorker()) {
            var job = export(worker);

            assertThat(job.status()).as(String.valueOf(job.failure())).isEqualTo(JobStatus.COMPLETED);
            assertThat(ZipRecords.in(download(worker, job)).stream()
                            .map(record -> record.get("_id").asString()))
                    .isEqualTo(ids.stream().map(ObjectId::toHexString).toList());
        }
    }

    private static ConfigurableApplicationContext startWorker() {
        var properties = new HashMap<>(ServiceDefaults.properties());
        properties.put("spring.mongodb.uri", MONGODB.getReplicaSetUrl("baler"));
        properties.put("spring.kafka.bootstrap-servers", KAFKA.getBootstrapServers());
        properties.put("baler.s3.endpoint", "http://" + S3.getHost() + ":" + S3.getMappedPort(7070));
        properties.put("baler.s3.region", "us-east-1");
        properties.put("baler.s3.bucket", "exports");
        properties.put("baler.s3.path-style", "true");
        properties.put("baler.s3.access-key", KEY);
        properties.put("baler.s3.secret-key", SECRET);
        properties.put("baler.source.settle", "0s");
        properties.put("baler.signing.key", NewSigningKey.pem());
        return new SpringApplicationBuilder(WorkerApplication.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .run();
    }

    private static ExportJob export(ConfigurableApplicationContext worker) {
        var jobs = worker.getBean(JobStore.class);
        var request = RequestReader.read(JsonMapper.shared().readTree("{\"filters\":{}}"));
        var accepted = worker.getBean(ExportRequests.class).accept(JobIds.next(), "auditor", request);
        var job = ((Creation.Created) jobs.create(accepted)).job();
        worker.getBean(ExportEvents.class).requested(job);
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> jobs.find(job.id()).orElseThrow(),
                        it -> it.status().isFinished());
    }

    private Path download(ConfigurableApplicationContext worker, ExportJob job) throws IOException {
        var attachment = Objects.requireNonNull(job.attachment());
        var link = worker.getBean(ExportBucket.class)
                .presign(attachment.key(), attachment.fileName(), job.format().mediaType(), Duration.ofMinutes(1));
        var file = directory.resolve("archive.zip");
        try (var bytes = link.toURL().openStream()) {
            Files.copy(bytes, file);
        }
        return file;
    }
}
