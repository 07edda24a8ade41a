package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static io.baler.api.ApiServer.USER;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.baler.job.ExportJob;
import io.baler.job.JobStatus;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However often a request is sent under its key, and to whichever replica, one job comes of it. */
@ExtendWith(OnApiServer.class)
class IdempotencyKeyTest {
    private final ApiServer api;
    private final NothingStarted nothingStarted;
    private final String key = UUID.randomUUID().toString();

    IdempotencyKeyTest(ApiServer api) {
        this.api = api;
        this.nothingStarted = new NothingStarted(api);
    }

    @Test
    void theSameKeyAndBodyGiveTheSameExportAgain() {
        var body = api.newRequest();
        var first = post(body).is(202);

        var again = nothingStarted.by(() -> post(body)).is(202);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
    }

    @Test
    void alsoWhenItHasEndedMeanwhile() {
        var body = api.newRequest();
        var first = idOf(post(body));
        api.post(EXPORTS + "/" + first + "/cancel").is(202);

        var again = nothingStarted.by(() -> post(body));

        assertThat(idOf(again)).isEqualTo(first);
        assertThat(again.body().path("status").stringValue()).isEqualTo("cancelled");
    }

    @Test
    void neitherSpacesNorTheOrderOfMembersMakeAnotherBody() {
        var first =
                idOf(post("{\"filters\":{\"actions\":[\"LOGIN\"],\"dateFrom\":\"1999-01-01\"},\"format\":\"json\"}"));

        var again =
                post("{ \"format\":\"json\",\n\"filters\":{\"dateFrom\":\"1999-01-01\",\"actions\":[ \"LOGIN\" ]}}");

        assertThat(idOf(again)).isEqualTo(first);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        post(api.newRequest()).is(202);

        var refused = nothingStarted.by(() -> post(api.newRequest()));

        refused.isProblem(422, "idempotency-key-reused");
    }

    @Test
    void theSameKeyOfAnotherRequesterIsAnotherKey() {
        var body = api.newRequest();
        var anns = idOf(post(body));
        try (var carols = Replica.of(api, "--baler.api.user=dora")) {
            assertThat(idOf(api.send(keyed(carols.call(EXPORTS), body)))).isNotEqualTo(anns);
        }
    }

    static List<String> noKeys() {
        return List.of("", "x".repeat(256), "a\tb");
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void aKeyThatIsNoneIsRefusedByTheNameOfItsHeader(String none) {
        var refused = nothingStarted.by(() -> api.send(api.call(EXPORTS)
                .header("Idempotency-Key", none)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(api.newRequest()))));

        refused.isProblem(400, "invalid-request");
        assertThat(refused.fields()).containsExactly("Idempotency-Key");
    }

    @Test
    void twoKeysAreNone() {
        var refused = nothingStarted.by(
                () -> api.send(keyed(api.call(EXPORTS), api.newRequest()).header("Idempotency-Key", "another")));

        refused.isProblem(400, "invalid-request");
        assertThat(refused.fields()).containsExactly("Idempotency-Key");
    }

    @Test
    void theLongestKeyIsOne() {
        var request = keyed(api.call(EXPORTS), api.newRequest()).setHeader("Idempotency-Key", "~".repeat(255));

        api.send(request).is(202);
    }

    @Test
    void onlyDigestsOfKeyAndBodyAreStored() {
        post("{\"filters\":{\"users\":[\"canary-user\"]}}").is(202);

        var stored = keys().find(new Document("createdAt", new Document("$exists", true)))
                .into(new ArrayList<>());

        assertThat(stored)
                .isNotEmpty()
                .allSatisfy(kept -> assertThat(kept.toJson()).doesNotContain(key, USER, "canary-user", "filters"));
    }

    // ---- what was refused

    @Test
    void aRequestThatWasRefusedDoesNotUseItsKeyUp() {
        post("{\"filters\":{\"usernames\":[\"nobody\"]}}").isProblem(422, "unprocessable-request");

        post(api.newRequest()).is(202);
    }

    @Test
    void aRequestThatWasInTheWayOfAnotherIsAcceptedUnderItsKeyWhenTheOtherHasEnded() {
        var body = api.newRequest();
        var other = idOf(api.post(EXPORTS, body));
        post(body).isProblem(409, "duplicate");
        api.post(EXPORTS + "/" + other + "/cancel").is(202);

        var accepted = idOf(post(body));

        assertThat(accepted).isNotEqualTo(other);
        assertThat(idOf(post(body))).isEqualTo(accepted);
    }

    @Test
    void anExportThatHasBeenDeletedDoesNotComeBack() {
        var body = api.newRequest();
        var id = idOf(post(body));
        api.post(EXPORTS + "/" + id + "/cancel").is(202);
        api.delete(EXPORTS + "/" + id).is(204);

        nothingStarted.by(() -> post(body)).isProblem(410, "export-deleted");
    }

    // ---- restartJob

    @Test
    void aRestartUnderAKeyHappensOnce() {
        var body = api.newRequest();
        var running = idOf(api.post(EXPORTS, body));
        var restarted = post(restarting(body)).is(202);
        assertThat(idOf(restarted)).isEqualTo(running);
        assertThat(job(running).gen()).isEqualTo(1);

        var again = nothingStarted.by(() -> post(restarting(body))).is(202);

        assertThat(again.header("location")).isEqualTo(EXPORTS + "/" + running);
        assertThat(job(running).gen()).isEqualTo(1);
    }

    @Test
    void withNothingToRestartOneExportIsMadeAndNotRestarted() {
        var body = restarting(api.newRequest());
        var created = idOf(post(body));

        assertThat(idOf(nothingStarted.by(() -> post(body)))).isEqualTo(created);
        assertThat(job(created).gen()).isZero();
    }

    // ---- behind a crash

    @Test
    void whoCrashedBeforeTheJobWasCreatedIsCompletedByTheNextTry() {
        var body = api.newRequest();
        var id = idOf(post(body));
        jobs().deleteOne(new Document("_id", id));

        assertThat(idOf(post(body))).isEqualTo(id);
        assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void whoCrashedBeforeTheRestartIsCompletedByTheNextTry() {
        var body = api.newRequest();
        var running = idOf(api.post(EXPORTS, body));
        var before = job(running).liveSince();
        post(restarting(body)).is(202);
        jobs().updateOne(
                        new Document("_id", running),
                        new Document("$set", new Document("gen", 0).append("liveSince", Date.from(before))));

        assertThat(idOf(post(restarting(body)))).isEqualTo(running);
        assertThat(job(running).gen()).isEqualTo(1);
    }

    @Test
    void ifWhatWasToBeRestartedEndedBehindACrashANewExportIsMadeAndStaysTheKeys() {
        var body = api.newRequest();
        var running = idOf(api.post(EXPORTS, body));
        var before = job(running).liveSince();
        post(restarting(body)).is(202);
        api.jobs().cancel(running);
        jobs().updateOne(
                        new Document("_id", running),
                        new Document("$set", new Document("liveSince", Date.from(before))));

        var created = idOf(post(restarting(body)));

        assertThat(created).isNotEqualTo(running);
        assertThat(idOf(nothingStarted.by(() -> post(restarting(body))))).isEqualTo(created);
    }

    // ---- a day later

    @Test
    void aDayLaterTheKeyIsANewOneOnAServerThatClearsNothingUpToo() {
        var id = idOf(post(api.newRequest()));
        ageKeyOf(id, Duration.ofHours(24).minusMinutes(1));
        post(api.newRequest()).isProblem(422, "idempotency-key-reused");

        ageKeyOf(id, Duration.ofHours(24).plusMinutes(1));
        var another = api.newRequest();
        var next = idOf(post(another));

        assertThat(next).isNotEqualTo(id);
        assertThat(idOf(post(another))).isEqualTo(next);
    }

    // ---- several at once

    @Test
    void ofManyAtOnceOnTwoReplicasAllGetTheOneExport() throws Exception {
        try (var other = Replica.of(api)) {
            for (int round = 0; round < 5; round++) {
                var body = api.newRequest();
                var before = api.storedJobs().size();

                var ids = atOnce(other, body, "round" + round);

                assertThat(ids).hasSize(1);
                assertThat(api.storedJobs()).hasSize(before + 1);
            }
        }
    }

    @Test
    void ofManyRestartsAtOnceOnTwoReplicasOneHappens() throws Exception {
        try (var other = Replica.of(api)) {
            for (int round = 0; round < 5; round++) {
                var body = api.newRequest();
                var running = idOf(api.post(EXPORTS, body));

                var ids = atOnce(other, restarting(body), "restart" + round);

                assertThat(ids).containsExactly(running);
                assertThat(job(running).gen()).isEqualTo(1);
            }
        }
    }

    /** The ids of the exports that the answers name. */
    private List<String> atOnce(Replica other, String body, String suffix) throws Exception {
        var callers = Executors.newFixedThreadPool(8);
        try {
            var calls = callers.invokeAll(IntStream.range(0, 8)
                    .mapToObj(i -> (Callable<String>) () -> {
                        var call = i % 2 == 0 ? api.call(EXPORTS) : other.call(EXPORTS);
                        return idOf(api.send(keyed(call, body).setHeader("Idempotency-Key", key + suffix)));
                    })
                    .toList());
            var ids = new ArrayList<String>();
            for (var call : calls) {
                ids.add(call.get());
            }
            return ids.stream().distinct().toList();
        } finally {
            callers.shutdown();
        }
    }

    private Answer post(String body) {
        return api.send(keyed(api.call(EXPORTS), body));
    }

    private HttpRequest.Builder keyed(HttpRequest.Builder call, String body) {
        return call.header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static String restarting(String body) {
        return body.replaceFirst("\\{", "{\"restartJob\":true,");
    }

    private static String idOf(Answer accepted) {
        return accepted.is(202).body().path("id").stringValue();
    }

    private ExportJob job(String id) {
        return api.jobs().find(id).orElseThrow();
    }

    private void ageKeyOf(String job, Duration age) {
        keys().updateOne(
                        new Document("jobId", job),
                        new Document(
                                "$set",
                                new Document(
                                        "createdAt", Date.from(Instant.now().minus(age)))));
    }

    private MongoCollection<Document> keys() {
        return api.bean(MongoClient.class).getDatabase("baler").getCollection("idempotencyKeys");
    }

    private MongoCollection<Document> jobs() {
        return api.bean(MongoClient.class).getDatabase("baler").getCollection("exportJobs");
    }
}
