package io.baler.standalone.endtoend;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Indexes.ascending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.ErrorCategory;
import com.mongodb.ExplainVerbosity;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadPreference;
import com.mongodb.client.model.IndexOptions;
import io.baler.job.JobStore;
import io.baler.job.source.LogDatabase;
import io.baler.job.source.LogQuery;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.BsonObjectId;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The promises on MongoDB, Kafka and an S3 server as they run in production, and what the embedded MongoDB cannot show:
 * plans and indexes, a primary that steps down, time to live. Skipped where there is no Docker.
 */
@EnabledIf("dockerAnswers")
@Testcontainers
class RealServersTest extends ExportSuite {
    private static final Logger log = LoggerFactory.getLogger(RealServersTest.class);
    private static final String KEY = "baler-test";
    private static final String SECRET = "baler-test-secret";
    private static final String BUCKET = "exports";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Container
    private static final ReplicaSet MONGODB = new ReplicaSet("mongo:8.0");

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.2.0");

    @Container
    private static final GenericContainer<?> S3 = new GenericContainer<>("versity/versitygw:v1.0.18")
            .withEnv(Map.of("ROOT_ACCESS_KEY", KEY, "ROOT_SECRET_KEY", SECRET))
            .withCommand("--port", ":7070", "posix", "/tmp")
            .withExposedPorts(7070)
            .waitingFor(Wait.forListeningPort());

    static boolean dockerAnswers() {
        var answers = DockerClientFactory.instance().isDockerAvailable();
        if (!answers) {
            log.warn(
                    "skipped: no Docker engine answers here, so nothing was tried on real MongoDB, Kafka and S3 servers");
        }
        return answers;
    }

    @Override
    Map<String, String> servers() {
        var s3 = "http://" + S3.getHost() + ":" + S3.getMappedPort(7070);
        makeBucket(URI.create(s3));
        return Map.of(
                "spring.mongodb.uri", MONGODB.uri(),
                "spring.kafka.bootstrap-servers", KAFKA.getBootstrapServers(),
                "baler.s3.endpoint", s3,
                "baler.s3.bucket", BUCKET,
                "baler.s3.path-style", "true",
                "baler.s3.access-key", KEY,
                "baler.s3.secret-key", SECRET);
    }

    private static void makeBucket(URI endpoint) {
        try (var s3 = S3AsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                .build()) {
            s3.createBucket(bucket -> bucket.bucket(BUCKET)).join();
        }
    }

    /** The embedded server answers it by a stand-in. */
    @Test
    void theServersSayHelloAsAReplicaSet() {
        var hello = hello();

        assertThat(hello.getBoolean("isWritablePrimary")).isTrue();
        assertThat(hello.getString("setName")).isEqualTo("rs0");
        assertThat(hello.getList("hosts", String.class)).hasSize(3);
        // sessions, and with them writes that a driver may repeat
        assertThat(hello).containsKey("logicalSessionTimeoutMinutes");
    }

    @Test
    void theJobsHaveTheIndexesThatTheirRulesStandOn() {
        var indexes = database().getCollection("exportJobs").listIndexes().into(new ArrayList<>());

        assertThat(List.of("one_live_job", "running_places", "requester_seats", "total_seats"))
                .allSatisfy(name -> assertThat(indexes)
                        .filteredOn(index -> name.equals(index.getString("name")))
                        .singleElement()
                        .satisfies(index ->
                                assertThat(index).containsEntry("unique", true).containsEntry("sparse", true)));
        assertThat(indexes)
                .filteredOn(index -> "tombstones".equals(index.getString("name")))
                .singleElement()
                .satisfies(index -> assertThat(((Number) index.get("expireAfterSeconds")).longValue())
                        .isEqualTo(TimeUnit.DAYS.toSeconds(30)));
    }

    @Test
    void noTwoJobsAreLiveForTheSameAndAnyNumberThatHaveEnded() {
        var jobs = database().getCollection("exportJobs");
        // as far as the index is concerned
        var ended = ended("sparse-", 3);
        jobs.insertMany(ended);
        try {
            jobs.insertOne(new Document("_id", "live-1").append("liveKey", "somebody and something"));

            assertThatThrownBy(() ->
                            jobs.insertOne(new Document("_id", "live-2").append("liveKey", "somebody and something")))
                    .isInstanceOfSatisfying(
                            MongoWriteException.class,
                            refused -> assertThat(refused.getError().getCategory())
                                    .isEqualTo(ErrorCategory.DUPLICATE_KEY));
        } finally {
            jobs.deleteMany(new Document("_id", new Document("$regex", "^(sparse|live)-")));
        }
    }

    /** The frozen query, as a worker sends it. */
    @Test
    void theLogsAreReadInTheirOrderByTheirIndexAndNoneBeforeTheFirst() {
        logs("BEFORE_THE_FIRST", 1_000);
        var ids = logs("EXPLAINED", 100);
        var export = calls().accepted(action("EXPLAINED"));
        calls().awaitCompleted(export);
        var job = ofWorker(JobStore.class)
                .find(export.substring(export.lastIndexOf('/') + 1))
                .orElseThrow();

        var queries = LogQuery.of(job)
                .remaining(
                        new BsonObjectId(new ObjectId(ids.get(0))),
                        null,
                        Objects.requireNonNull(
                                Objects.requireNonNull(job.bounds()).lastId()));
        var explained = ofWorker(LogDatabase.class)
                .logs(job.selection())
                .find(queries.get(0))
                .sort(ascending("_id"))
                .explain(ExplainVerbosity.EXECUTION_STATS);

        assertThat(queries).hasSize(1);
        assertThat(stages(explained.get("queryPlanner", Document.class).get("winningPlan")))
                .contains("IXSCAN")
                .doesNotContain("COLLSCAN", "SORT");
        var run = explained.get("executionStats", Document.class);
        assertThat(run.get("nReturned", Number.class).intValue()).isEqualTo(100);
        assertThat(run.get("totalDocsExamined", Number.class).intValue()).isEqualTo(100);
    }

    /** What an idle worker asks, as the server saw it and ran it. */
    @Test
    void workIsFoundByAnIndexHoweverManyExportsThereWere() {
        var jobs = database().getCollection("exportJobs");
        jobs.insertMany(ended("old-", 2_000));
        profile(2);
        try {
            var looks = await().atMost(PATIENCE).until(this::looks, found -> !found.isEmpty());

            assertThat(looks).allSatisfy(look -> {
                assertThat(look.getString("planSummary")).contains("IXSCAN").doesNotContain("COLLSCAN");
                assertThat(look.get("docsExamined", Number.class).intValue()).isLessThan(100);
            });
        } finally {
            profile(0);
            jobs.deleteMany(new Document("_id", new Document("$regex", "^old-")));
        }
    }

    /** Each write of a job waits for a majority, and each part is committed once, whoever is primary. */
    @Test
    void anExportOutlivesThatThePrimaryStepsDown() {
        var ids = logs("FAILED_OVER", 40_000);

        slowly(() -> {
            var export = calls().accepted(action("FAILED_OVER"));
            calls().awaitProgress(export);
            for (int times = 0; times < 2; times++) {
                var before = hello().getString("me");
                stepDown();
                await().atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(MongoException.class)
                        .until(() -> !hello().getString("me").equals(before));
            }

            calls().awaitCompleted(export);
            assertThat(exported(export)).isEqualTo(ids);
        });
    }

    /** Never silently: the manifest says how many were expected, and how many were there. */
    @Test
    void whatATimeToLiveRemovesMeanwhileIsCountedAsMissing() {
        var stay = logs("TIMED", 30_000);
        var goes = IntStream.range(0, 10_000)
                .mapToObj(n -> log("TIMED", new ObjectId(), "2023-05-01T00:00:00Z")
                        .append("gone", Date.from(Instant.parse("2023-05-02T00:00:00Z"))))
                .toList();
        var activities = database().getCollection("activities");
        activities.insertMany(goes);

        slowly(() -> {
            var export = calls().accepted(action("TIMED"));
            calls().awaitProgress(export);
            activities.createIndex(
                    ascending("gone"), new IndexOptions().name("of_the_test").expireAfter(0L, TimeUnit.SECONDS));
            try {
                await().atMost(PATIENCE).until(() -> activities.countDocuments(exists("gone")) == 0);

                calls().awaitCompleted(export);
            } finally {
                activities.dropIndex("of_the_test");
            }

            var manifest = JsonMapper.shared()
                    .readTree(calls().get(export + "/manifest").body());
            var exported = exported(export);
            assertThat(exported)
                    .startsWith(stay.toArray(String[]::new))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(manifest.path("expectedCount").asLong()).isEqualTo(40_000);
            assertThat(manifest.path("exportedCount").asLong()).isEqualTo(exported.size());
            assertThat(manifest.path("missingCount").asLong())
                    .isEqualTo(40_000 - exported.size())
                    .isPositive();
        });
    }

    private Document hello() {
        return admin().runCommand(new Document("hello", 1), ReadPreference.primary());
    }

    private void stepDown() {
        try {
            // the time must be longer than that in which others may catch up
            admin().runCommand(
                            new Document("replSetStepDown", 20).append("secondaryCatchUpPeriodSecs", 10),
                            ReadPreference.primary());
        } catch (MongoException answerLost) {
            // whether it did is seen by who is primary
            log.info("replSetStepDown was answered by {}", answerLost.getMessage());
        }
    }

    /** At 2, the primary keeps what it ran on the jobs in {@code system.profile}. */
    private void profile(int level) {
        database()
                .runCommand(
                        new Document("profile", level)
                                .append(
                                        "filter",
                                        level == 0
                                                ? "unset"
                                                : new Document("op", "query").append("ns", "baler.exportJobs")),
                        ReadPreference.primary());
    }

    /** Those of idle slots; nobody else asks the jobs by a condition of this form. */
    private List<Document> looks() {
        return database().getCollection("system.profile").find().into(new ArrayList<>()).stream()
                .filter(entry -> entry.get("command") instanceof Document command
                        && command.get("filter") instanceof Document filter
                        && filter.containsKey("$or"))
                .toList();
    }

    private static List<Document> ended(String prefix, int number) {
        var now = new Date();
        return IntStream.range(0, number)
                .mapToObj(n -> new Document("_id", prefix + n)
                        .append("status", "completed")
                        .append("announced", true)
                        .append("createdAt", now)
                        .append("liveSince", now)
                        .append("updatedAt", now)
                        .append("endedAt", now))
                .toList();
    }

    /** The names of all stages, wherever in the plan; what is around them differs by the engine that runs it. */
    private static List<String> stages(Object plan) {
        var stages = new ArrayList<String>();
        if (plan instanceof Document node) {
            if (node.get("stage") instanceof String stage) {
                stages.add(stage);
            }
            node.values().forEach(value -> stages.addAll(stages(value)));
        } else if (plan instanceof List<?> nodes) {
            nodes.forEach(node -> stages.addAll(stages(node)));
        }
        return stages;
    }
}
