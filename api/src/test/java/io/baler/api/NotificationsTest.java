package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.baler.job.ArchiveFormat;
import io.baler.job.Creation;
import io.baler.job.ExportJob;
import io.baler.job.LogFilters;
import io.baler.job.events.ExportEvents;
import io.baler.job.request.ExportRequests;
import io.baler.job.request.JobIds;
import io.baler.job.request.RequestedExport;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(OnApiServer.class)
class NotificationsTest {
    private static final String NOTIFICATIONS = "/api/v1/notifications";
    private static final byte[] ARCHIVE = "an archive".getBytes(StandardCharsets.UTF_8);
    private static final Instant TOMORROW =
            Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);

    private final ApiServer api;
    private final FakeWorker worker;

    NotificationsTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @Test
    void aCompletedExportIsToldWithTheWayToItsArchiveAndUntilWhen() {
        var told = told(worker.complete(api.requested(), ARCHIVE, Instant.parse("2099-03-01T10:30:00Z")));

        assertThat(told.path("outcome").stringValue()).isEqualTo("completed");
        assertThat(told.path("text").stringValue())
                .matches("Your export of audit logs, requested on .* UTC, is ready: 3 records\\."
                        + " It can be downloaded until 1 March 2099, 10:30 UTC\\.");
        assertThat(told.path("records").intValue()).isEqualTo(3);
        assertThat(told.at("/archive/expiresAt").stringValue()).isEqualTo("2099-03-01T10:30:00Z");
        assertThat(told.at("/archive/size").intValue()).isEqualTo(ARCHIVE.length);
        api.get(told.at("/archive/href").stringValue()).is(302);
        assertThat(told.toString()).doesNotContain("etag", "bucket", "X-Amz");
    }

    @Test
    void everyOtherEndIsToldInWords() {
        var failed = told(worker.fail(api.requested()));
        var noResults = told(worker.completeWithoutMatch(api.requested()));
        var cancelled = api.requested();
        api.post(EXPORTS + "/" + cancelled + "/cancel").is(202);

        assertThat(failed.path("text").stringValue()).endsWith("failed: The source went away; resume continues");
        assertThat(failed.at("/failure/code").stringValue()).isEqualTo("source-unreachable");
        assertThat(noResults.path("outcome").stringValue()).isEqualTo("no_results");
        assertThat(noResults.path("text").stringValue()).contains("no record matched");
        assertThat(noResults.has("archive")).isFalse();
        assertThat(awaitAbout(cancelled).path("text").stringValue()).contains("was cancelled");
    }

    @Test
    void theNewestComeFirstAndNoMoreThanAskedFor() {
        var older = worker.fail(api.requested());
        told(older);
        var newer = worker.fail(api.requested());
        told(newer);

        var all = api.get(NOTIFICATIONS).is(200).body();
        var one = api.get(NOTIFICATIONS + "?limit=1").is(200).body();

        assertThat(all.path("notifications").valueStream())
                .extracting(it -> it.path("exportId").stringValue())
                .startsWith(newer.id(), older.id());
        assertThat(one.path("notifications").size()).isEqualTo(1);
        assertThat(one.path("more").booleanValue()).isTrue();
    }

    @Test
    void whatWasSeenIsNotToldAgainHoweverOftenItIsSaid() {
        var job = worker.fail(api.requested());
        var id = told(job).path("id").stringValue();

        put(NOTIFICATIONS + "/" + id + "/seen").is(204);
        put(NOTIFICATIONS + "/" + id + "/seen").is(204);
        assertThat(about(job.id())).isEmpty();
        // the topic brings it again, and then one that was said later
        api.bean(ExportEvents.class).finished(job);
        told(worker.fail(api.requested()));

        assertThat(about(job.id())).isEmpty();
        assertThat(stored().countDocuments(new Document("jobId", job.id()))).isEqualTo(1);
    }

    @Test
    void anEndIsToldOnceEvenIfItsArchiveIsGivenUpBeforeItIsSaidAgain() {
        var job = worker.complete(api.requested(), ARCHIVE, TOMORROW);
        told(job);

        api.jobs().releaseAttachment(job.id());
        api.bean(ExportEvents.class).finished(api.jobs().find(job.id()).orElseThrow());
        told(worker.fail(api.requested()));

        assertThat(about(job.id())).singleElement().satisfies(told -> {
            assertThat(told.path("text").stringValue()).contains("3 records", "cannot be downloaded any more");
            assertThat(told.at("/archive").has("href")).isFalse();
        });
    }

    @Test
    void aSecondEndIsANewOne() {
        var job = worker.fail(api.requested());
        told(job);
        api.post(EXPORTS + "/" + job.id() + "/resume").is(202);

        told(worker.complete(job.id(), ARCHIVE, TOMORROW), 2);

        assertThat(about(job.id()))
                .extracting(it -> it.path("outcome").stringValue())
                .containsExactly("completed", "failed");
    }

    @Test
    void allUpToTheNewestThatWasSeenAreSeenAtOnceAndNoLaterOnes() {
        var first = worker.fail(api.requested());
        told(first);
        var second = worker.fail(api.requested());
        var upTo = told(second).path("id").stringValue();
        var third = worker.fail(api.requested());
        told(third);

        put(NOTIFICATIONS + "/seen?upTo=" + upTo).is(204);
        put(NOTIFICATIONS + "/seen?upTo=" + upTo).is(204);

        assertThat(about(first.id())).isEmpty();
        assertThat(about(second.id())).isEmpty();
        assertThat(about(third.id())).hasSize(1);
    }

    @Test
    void somebodyElsesNotificationsAreNotThere() {
        var anything = new RequestedExport(LogFilters.NONE, ArchiveFormat.JSON, null);
        var request = api.bean(ExportRequests.class).accept(JobIds.next(), "bob", anything);
        var job = ((Creation.Created) api.jobs().create(request)).job();
        worker.fail(job.id());
        api.bean(ExportEvents.class).finished(api.jobs().find(job.id()).orElseThrow());
        await().until(() -> stored().countDocuments(new Document("jobId", job.id())) == 1);
        var id = Objects.requireNonNull(
                        stored().find(new Document("jobId", job.id())).first())
                .getString("_id");

        assertThat(about(job.id())).isEmpty();
        put(NOTIFICATIONS + "/" + id + "/seen").isProblem(404, "not-found");
        put(NOTIFICATIONS + "/seen?upTo=" + id).isProblem(404, "not-found");
        assertThat(stored().find(new Document("_id", id)).first()).containsEntry("seen", false);
    }

    @Test
    void anOldOneIsNotShownAnyMore() {
        var job = worker.fail(api.requested());
        told(job);

        stored().updateOne(
                        new Document("jobId", job.id()),
                        new Document("$set", new Document("expiresAt", Date.from(Instant.now()))));

        assertThat(about(job.id())).isEmpty();
    }

    @Test
    void itIsKeptForThirtyDaysFromTheEndOfTheExport() {
        var job = worker.fail(api.requested());
        told(job);

        var notification = Objects.requireNonNull(
                stored().find(new Document("jobId", job.id())).first());

        assertThat(notification.getDate("expiresAt").toInstant())
                .isEqualTo(Objects.requireNonNull(job.endedAt()).plus(Duration.ofDays(30)));
    }

    @Test
    void whatCameWhileTheDatabaseWasAwayIsToldAfterwards() {
        var job = worker.fail(api.requested());
        api.mongodb().cut();
        api.get(EXPORTS).isProblem(503, "database-unavailable");
        api.bean(ExportEvents.class).finished(job);
        api.messages().until(Messages.Message.about("baler.export.finished", job.id()));

        api.mendMongodb();

        assertThat(awaitAbout(job.id()).path("outcome").stringValue()).isEqualTo("failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "ten", "%20"})
    void aLimitThatIsNoneIsRefusedByName(String limit) {
        var answer = api.get(NOTIFICATIONS + "?limit=" + limit).isProblem(400, "invalid-request");

        assertThat(answer.fields()).containsExactly("limit");
    }

    @Test
    void whatIsToBeSeenHasToBeNamed() {
        assertThat(put(NOTIFICATIONS + "/seen")
                        .isProblem(400, "invalid-request")
                        .fields())
                .containsExactly("upTo");
        put(NOTIFICATIONS + "/seen?upTo=%7B%22$gt%22:%22%22%7D").isProblem(404, "not-found");
        put(NOTIFICATIONS + "/nothing/seen").isProblem(404, "not-found");
    }

    /** On topics of their own, which nobody else has to read. */
    @Test
    void whatLiesOrIsNoMessageStopsNothingAndTellsNothing() throws Exception {
        var live = api.requested();
        var deleted = worker.fail(api.requested());
        api.jobs().delete(deleted.id());
        var failed = worker.fail(api.requested());
        var topic = "hostile.export.finished";
        try (var replica = Replica.of(api, "--baler.topics.prefix=hostile.");
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers", api.settings().get("spring.kafka.bootstrap-servers")),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            send(producer, topic, null, "no key");
            send(producer, topic, "", "{");
            send(producer, topic, "{\"$gt\":\"\"}", "\u0000\u00FF");
            send(producer, topic, "k".repeat(10_000), "[".repeat(100_000));
            send(producer, topic, JobIds.next(), "{\"outcome\":\"completed\"}");
            send(producer, topic, live, "{\"jobId\":\"" + live + "\",\"outcome\":\"completed\"}");
            send(producer, topic, deleted.id(), "{\"jobId\":\"" + deleted.id() + "\",\"outcome\":\"failed\"}");
            producer.send(new ProducerRecord<>(topic, live.getBytes(StandardCharsets.UTF_8), null))
                    .get();
            var lie =
                    "{\"jobId\":\"" + live + "\",\"requestedBy\":\"mallory\",\"outcome\":\"completed\",\"records\":7}";
            send(producer, topic, failed.id(), lie);

            var told = awaitAbout(failed.id());

            assertThat(told.path("outcome").stringValue()).isEqualTo("failed");
            assertThat(told.path("records").intValue()).isZero();
            assertThat(about(live)).isEmpty();
            assertThat(about(deleted.id())).isEmpty();
            assertThat(stored().countDocuments(new Document("requestedBy", "mallory")))
                    .isZero();
            assertThat(replica.port()).isPositive();
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String key, String value)
            throws ExecutionException, InterruptedException {
        var record = new ProducerRecord<>(
                topic,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.ISO_8859_1));
        // what spring-kafka would make Java objects of
        record.headers().add("__TypeId__", "java.lang.Runtime".getBytes(StandardCharsets.UTF_8));
        record.headers().add("spring_json_header_types", "{no json".getBytes(StandardCharsets.UTF_8));
        producer.send(record).get();
    }

    private JsonNode told(ExportJob ended) {
        return told(ended, 1);
    }

    /** The newest about this export, once there are so many. */
    private JsonNode told(ExportJob ended, int times) {
        api.bean(ExportEvents.class).finished(ended);
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> about(ended.id()), all -> all.size() == times)
                .get(0);
    }

    private JsonNode awaitAbout(String jobId) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> about(jobId), all -> !all.isEmpty())
                .get(0);
    }

    private List<JsonNode> about(String jobId) {
        return api.get(NOTIFICATIONS + "?limit=100")
                .is(200)
                .body()
                .path("notifications")
                .valueStream()
                .filter(it -> it.path("exportId").stringValue().equals(jobId))
                .toList();
    }

    private Answer put(String path) {
        return api.send(api.call(path).PUT(BodyPublishers.noBody()));
    }

    private MongoCollection<Document> stored() {
        return api.bean(MongoClient.class).getDatabase("baler").getCollection("exportNotifications");
    }
}
