package io.baler.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.baler.job.Change;
import io.baler.job.ExportJob;
import io.baler.job.JobStatus;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks by message for what cannot be had sees it refused, as a failed export; others see nothing of it. */
class RefusedRequestsTest {
    private static Installation baler;

    @BeforeAll
    static void start() {
        baler = new Installation();
        baler.startWorker("--baler.source.actions=LOGIN");
    }

    @AfterAll
    static void stop() {
        baler.close();
    }

    @BeforeEach
    void clear() {
        baler.clear();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'filters':{'usernames':['nobody']}                      | unknown user 'nobody'
            'filters':{'actions':['LOGIN','OTHER']}                 | unknown action 'OTHER'
            'filters':{'actions':[]}                                | empty list
            'filters':{'dateFrom':'yesterday'}                      | filters.dateFrom
            'filters':{'user':'ann'}                                | filters.user
            'filters':{},'format':'pdf'                             | format
            'filter':{}                                             | filters
            """)
    void theRequesterSeesAFailedExportThatSaysWhyAndIsToldOnce(String members, String why) {
        var id = publish(members);
        baler.awaitDeadLetter(id);

        var job = baler.jobs().find(id).orElseThrow();
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.requestedBy()).isEqualTo("script");
        assertThat(job.failure().code()).isEqualTo("request-refused");
        assertThat(job.failure().message()).contains(why, "Nothing was exported");
        assertThat(job.endedAt()).isNotNull();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(baler.finished(id))
                        .singleElement()
                        .satisfies(event ->
                                assertThat(event.path("outcome").asString()).isEqualTo("failed")));
    }

    @Test
    void howeverOftenItIsRepeatedThereIsOneJobAndItIsNeverResumed() {
        var first = refused();

        publish(first.id(), "'filters':{'usernames':['nobody']}");
        publish(first.id(), "'filters':{'usernames':['nobody']}");

        assertThat(baler.jobs().resume(first.id())).isInstanceOf(Change.Refused.class);
        await().during(Duration.ofSeconds(2))
                .until(() -> baler.jobs().find(first.id()).orElseThrow(), first::equals);
    }

    @Test
    void itBecomesAJobOnceWhatWasInItsWayIsGoneAndItIsSentAgain() {
        var first = refused();
        baler.database().getCollection("users").insertOne(new Document("username", "nobody"));

        publish(first.id(), "'filters':{'usernames':['nobody']}");
        publish(first.id(), "'filters':{'usernames':['nobody']}");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> baler.finished(first.id()).stream()
                        .map(event -> event.path("outcome").asString())
                        .toList()
                        .equals(List.of("failed", "no_results")));
        var job = baler.jobs().find(first.id()).orElseThrow();
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.failure()).isNull();
        assertThat(job.createdAt()).isAfter(first.createdAt());
    }

    @Test
    void somebodyElseCannotTakeItOver() {
        var first = refused();

        baler.publish(
                first.id(),
                "{'jobId':'%s','requestedBy':'other','filters':{}}"
                        .formatted(first.id())
                        .replace('\'', '"'));

        await().during(Duration.ofSeconds(2))
                .until(() -> baler.jobs().find(first.id()).orElseThrow(), first::equals);
    }

    /** One that is told of, which is the last that is written of it. */
    private static ExportJob refused() {
        var id = publish("'filters':{'usernames':['nobody']}");
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> baler.jobs().find(id).orElse(null), job -> job != null && job.announced());
    }

    @Test
    void anEqualExportThatRunsIsNotDisturbed() {
        var equal = "'filters':{'actions':['LOGIN']}";
        var running = baler.database().getCollection("exportJobs");
        var first = publish(equal);
        await().until(() -> baler.jobs().find(first).map(ExportJob::status).orElse(null), JobStatus.COMPLETED::equals);
        running.updateOne(
                new Document("_id", first),
                new Document("$set", new Document("liveKey", hashOf(first) + " script").append("status", "exporting")));

        var second = publish(equal);
        baler.awaitDeadLetter(second);

        assertThat(baler.jobs().find(second).orElseThrow().failure().message())
                .contains("already under way as " + first);
    }

    private static String hashOf(String id) {
        return baler.jobs().find(id).orElseThrow().filterHash();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'jobId':'%s','filters':{}}
            {'jobId':'%s','requestedBy':'','filters':{}}
            {'jobId':'%s','requestedBy':['ann'],'filters':{}}
            """)
    void whatDoesNotSayWhoAsksIsADeadLetterAndNoJob(String message) {
        var id = new ObjectId().toHexString();
        baler.publish(id, message.formatted(id).replace('\'', '"'));

        baler.awaitDeadLetter(id);

        assertThat(baler.jobs().find(id)).isEmpty();
    }

    @Test
    void whatWasDeletedIsNotRefusedIntoBeing() {
        var id = publish("'filters':{'usernames':['nobody']}");
        baler.awaitDeadLetter(id);
        assertThat(baler.jobs().delete(id)).isInstanceOf(Change.Changed.class);

        publish(id, "'filters':{'usernames':['nobody']}");

        await().during(Duration.ofSeconds(2)).until(() -> baler.jobs().find(id).isEmpty());
    }

    private static String publish(String members) {
        return publish(new ObjectId().toHexString(), members);
    }

    private static String publish(String id, String members) {
        baler.publish(
                id,
                "{'jobId':'%s','requestedBy':'script',%s}"
                        .formatted(id, members)
                        .replace('\'', '"'));
        return id;
    }
}
