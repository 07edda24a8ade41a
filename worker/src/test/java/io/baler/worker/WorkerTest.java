package io.baler.worker;

import static io.baler.job.JobStatus.COMPLETED;
import static io.baler.job.JobStatus.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.evidence.Manifest;
import io.baler.worker.signing.TestKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an export holds: exactly the records that were asked for, each once, in order. */
class WorkerTest {
    private static Installation baler;
    private List<Document> logs;

    @BeforeAll
    static void start() {
        baler = new Installation();
        baler.startWorker("--baler.archive.logs-per-file=10", "--baler.worker.poll=200ms");
    }

    @AfterAll
    static void stop() {
        baler.close();
    }

    @BeforeEach
    void fill() {
        baler.clear();
        logs = Activities.logs();
        baler.database().getCollection("activities").insertMany(logs);
        baler.database().getCollection("users").insertMany(Activities.users());
    }

    @Test
    void withoutFiltersEveryRecordIsExportedOnceInOrder() {
        var job = baler.export("{'filters':{}}");

        assertThat(job.status()).isEqualTo(COMPLETED);
        assertThat(job.expectedCount()).isEqualTo(53);
        var archive = baler.archiveOf(job);
        assertThat(archive.ids()).isEqualTo(ids(logs));
        assertThat(archive.names()).hasSize(6).first().isEqualTo("audit-logs-" + job.id() + "-000000.json");
        assertThat(archive.file(archive.names().get(0)).size()).isEqualTo(10);
        assertThat(job.attachment().fileName()).isEqualTo("audit-logs-" + job.filterHash() + ".zip");
        assertThat(job.attachment().sha256()).isEqualTo(archive.sha256());
        assertThat(job.attachment().size()).isEqualTo(archive.bytes().length);
        assertThat(archive.manifest().get("exportedCount").asInt()).isEqualTo(53);
    }

    @Test
    void filtersSelectExactlyWhatMatches() {
        var job = baler.export("{'filters':{'usernames':['alice'],'actions':['PAGE_CREATE','PAGE_UPDATE'],"
                + "'dateFrom':'2023-01-01T00:00:00Z','dateTo':'2023-01-02T23:59:59Z'}}");

        var archive = baler.archiveOf(job);
        assertThat(archive.ids()).isEqualTo(ids(logs.subList(0, 2)));
        assertThat(archive.manifest().at("/filters/usernames/0").asString()).isEqualTo("alice");
        assertThat(archive.manifest().at("/source/users/0").asString()).isEqualTo(Activities.ALICE.toHexString());
    }

    @Test
    void boundsOfTimeAreInclusive() {
        var job = baler.export("{'filters':{'dateFrom':'2023-01-02T10:00:00Z','dateTo':'2023-01-03T10:00:00Z'}}");

        assertThat(baler.archiveOf(job).ids()).isEqualTo(ids(logs.subList(1, 3)));
    }

    @Test
    void logsOfADeletedUserAreHadByHisId() {
        baler.database().getCollection("users").deleteOne(new Document("username", "alice"));

        var job = baler.export("{'filters':{'users':['" + Activities.ALICE + "']}}");

        assertThat(baler.archiveOf(job).ids()).isEqualTo(ids(logs.subList(0, 2)));
    }

    @Test
    void nothingThatMatchesIsCompletedWithoutAnArchive() {
        var job = baler.export("{'filters':{'actions':['NEVER_HAPPENED']}}");

        assertThat(job.status()).isEqualTo(COMPLETED);
        assertThat(job.hasNoResults()).isTrue();
        assertThat(job.attachment()).isNull();
        var statement = job.manifest().text().getBytes(StandardCharsets.UTF_8);
        assertThat(TestKey.KEY
                        .verificationKey()
                        .verifies(
                                statement,
                                Base64.getDecoder().decode(job.manifest().signature())))
                .isTrue();
        assertThat(Manifest.parse(statement).exportedCount()).isZero();
    }

    @Test
    void recordsThatAreYoungerThanTheRequestDoNotBelong() {
        var later = Activities.log(Activities.BOB, "PAGE_VIEW", Instant.now().plusSeconds(3600));
        baler.database().getCollection("activities").insertOne(later);

        assertThat(baler.archiveOf(baler.export("{'filters':{}}")).ids()).isEqualTo(ids(logs));
        assertThat(baler.archiveOf(baler.export("{'filters':{'dateFrom':'2023-01-01'}}"))
                        .ids())
                .isEqualTo(ids(logs));
    }

    @Test
    void aRecordWithoutATimeBelongsUnlessTimesAreAskedFor() {
        var timeless = new Document("_id", new ObjectId()).append("action", "ODD");
        baler.database().getCollection("activities").insertOne(timeless);

        assertThat(baler.archiveOf(baler.export("{'filters':{}}")).ids()).hasSize(54);
        assertThat(baler.archiveOf(baler.export("{'filters':{'dateFrom':'2023-01-01'}}"))
                        .ids())
                .hasSize(53);
    }

    @Test
    void idsOfSeveralTypesAreAllExportedTypeByType() {
        var mixed = baler.database().getCollection("activities");
        mixed.insertOne(new Document("_id", 7).append("n", 1));
        mixed.insertOne(new Document("_id", 8.5).append("n", 2));
        mixed.insertOne(new Document("_id", "text").append("n", 3));
        mixed.insertOne(new Document("_id", new Document("a", 1)).append("n", 4));
        mixed.insertOne(new Document("_id", new Binary(new byte[] {1})).append("n", 5));
        mixed.insertOne(new Document("_id", true).append("n", 6));

        var job = baler.export("{'filters':{}}");

        assertThat(job.failure()).isNull();
        assertThat(job.expectedCount()).isEqualTo(59);
        var records = baler.archiveOf(job).records();
        assertThat(records).hasSize(59);
        assertThat(records.stream()
                        .filter(record -> record.has("n"))
                        .map(record -> record.get("n").asInt()))
                .containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void timesThatAreTextAreAClearErrorInsteadOfAnIncompleteArchive() {
        baler.database().getCollection("activities").insertOne(new Document("createdAt", "2023-01-01T10:00:00Z"));

        var job = baler.export("{'filters':{'dateFrom':'2023-01-01'}}");

        assertThat(job.status()).isEqualTo(FAILED);
        assertThat(job.failure().code()).isEqualTo("time-is-no-date");
        assertThat(job.failure().message()).contains("createdAt");
    }

    @Test
    void numbersForTimesAreAClearErrorToo() {
        baler.database().getCollection("activities").insertOne(new Document("createdAt", 1_672_531_200_000L));

        var job = baler.export("{'filters':{'dateFrom':'2023-01-01'}}");

        assertThat(job.failure().code()).isEqualTo("time-is-no-date");
    }

    @Test
    void anIdThatIsNoneIsRefusedByNameInsteadOfLeftOut() {
        baler.database().getCollection("activities").insertOne(new Document("_id", null).append("n", 1));

        var job = baler.export("{'filters':{}}");

        assertThat(job.failure().code()).isEqualTo("unsupported-id");
    }

    @Test
    void aRequestFromAnyProducerBecomesAJobOnce() {
        var id = new ObjectId().toHexString();
        var message = "{\"jobId\":\"" + id
                + "\",\"requestedBy\":\"script\",\"filters\":{\"usernames\":[\"alice\"]},\"newer\":1}";

        baler.publish(id, message);
        baler.publish(id, message);

        var job = baler.awaitEnd(id);
        assertThat(job.status()).isEqualTo(COMPLETED);
        assertThat(job.epoch()).isEqualTo(1);
        assertThat(baler.archiveOf(job).ids()).isEqualTo(ids(logs.subList(0, 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{\"jobId\":\"short\"}",
                "{\"jobId\":\"ID\",\"requestedBy\":\"script\"}",
                "{\"jobId\":\"ID\",\"filters\":{}}",
                "{\"jobId\":\"ID\",\"requestedBy\":\"s\",\"filters\":{\"actions\":[\"A\"],\"actions\":null}}",
                "{\"jobId\":\"ID\",\"requestedBy\":\"script\",\"filters\":{\"usernames\":[\"nobody\"]}}"
            })
    void whatCanNeverBecomeAJobIsDeadLetteredAsItCame(String template) {
        var id = new ObjectId().toHexString();
        var message = template.replace("ID", id);

        baler.publish(id, message);

        var letter = baler.awaitDeadLetter(id);
        assertThat(letter.value()).asString().isEqualTo(message);
        assertThat(letter.headers().lastHeader("baler-reason").value()).isNotEmpty();
        assertThat(baler.jobs().find(id).stream()).allMatch(job -> job.failure().wasRefused());
    }

    @Test
    void aCompletionWhoseAnswerWasLostIsFoundAgain() {
        var first = baler.export("{'filters':{}}");

        baler.forgetCompletion(first.id());

        var again = baler.awaitEnd(first.id());
        assertThat(again.status()).isEqualTo(COMPLETED);
        assertThat(again.gen()).isZero();
        assertThat(again.attachment().sha256()).isEqualTo(first.attachment().sha256());
        assertThat(baler.archiveOf(again).ids()).isEqualTo(ids(logs));
    }

    @Test
    void aRestartedExportGivesTheSameBytesAgain() {
        var first = baler.export("{'filters':{}}");
        var bytes = baler.archiveOf(first).sha256();

        baler.beginAgain(first.id());
        var again = baler.awaitEnd(first.id());

        assertThat(again.gen()).isEqualTo(1);
        assertThat(baler.archiveOf(again).sha256()).isEqualTo(bytes);
    }

    private static List<String> ids(List<Document> logs) {
        return logs.stream().map(log -> log.getObjectId("_id").toHexString()).toList();
    }
}
