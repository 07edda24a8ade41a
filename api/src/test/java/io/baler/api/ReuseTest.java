package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever wishes gets a finished export again, if it holds exactly what a new one would. */
@ExtendWith(OnApiServer.class)
class ReuseTest {
    private static final AtomicInteger DAY = new AtomicInteger();
    private static final byte[] ARCHIVE = {1, 2, 3};

    private final ApiServer api;
    private final FakeWorker worker;
    private final NothingStarted nothingStarted;
    private final LocalDate day = LocalDate.of(1971, 1, 1).plusDays(DAY.incrementAndGet());
    private final String filters = "{\"actions\":[\"LOGIN\"],\"dateTo\":\"" + day + "T00:00:00Z\"}";
    private final String body = "{\"filters\":" + filters + "}";
    private final String reusing = "{\"filters\":" + filters + ",\"reuse\":true}";

    ReuseTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
        this.nothingStarted = new NothingStarted(api);
    }

    @Test
    void anEqualFinishedExportIsTheAnswer() {
        var finished = completed(body);

        var answer = nothingStarted.by(() -> api.post(EXPORTS, reusing)).is(200);

        assertThat(answer.body()).isEqualTo(api.get(EXPORTS + "/" + finished).body());
        assertThat(answer.header("location")).isEqualTo(EXPORTS + "/" + finished);
    }

    @Test
    void thatItWasAskedForAgainIsAudited() {
        var finished = completed(body);
        api.post(EXPORTS, reusing).is(200);

        assertThat(api.bean(MongoClient.class)
                        .getDatabase("baler")
                        .getCollection("exportAudits")
                        .countDocuments(
                                new Document("target", finished).append("action", "AUDIT_LOG_BULK_EXPORT_REQUESTED")))
                .isEqualTo(2);
    }

    @Test
    void unwishedAFinishedExportNeverStopsANewOne() {
        var finished = completed(body);

        assertThat(accepted(body)).isNotEqualTo(finished);
    }

    @Test
    void anExportThatFoundNothingIsAnAnswerToo() {
        var finished = accepted(body);
        worker.completeWithoutMatch(finished);

        assertThat(idOf(api.post(EXPORTS, reusing).is(200))).isEqualTo(finished);
    }

    @Test
    void withNothingFinishedANewOneIsMade() {
        worker.fail(accepted(body));

        api.post(EXPORTS, reusing).is(202);
    }

    @Test
    void aRunningOneIsInTheWayAsEver() {
        accepted(body);

        api.post(EXPORTS, reusing).isProblem(409, "duplicate");
    }

    @Test
    void anExpiredDownloadIsMadeAnew() {
        var finished = accepted(body);
        worker.complete(finished, ARCHIVE, Instant.now().minusSeconds(1));

        assertThat(idOf(api.post(EXPORTS, reusing).is(202))).isNotEqualTo(finished);
    }

    @ParameterizedTest
    @CsvSource({"00:00:05Z, 200", "00:00:04.999Z, 202"})
    void theRangeMustHaveSettledBeforeTheFinishedExportBegan(String asOf, int status) {
        completed("{\"filters\":" + filters + ",\"asOf\":\"" + day + "T" + asOf + "\"}");

        api.post(EXPORTS, reusing).is(status);
    }

    @Test
    void aRangeWithoutAnEndIsNeverClosed() {
        var open = "{\"filters\":{\"dateFrom\":\"" + day + "\"}";
        completed(open + "}");

        api.post(EXPORTS, open + ",\"reuse\":true}").is(202);
    }

    @ParameterizedTest
    @CsvSource({"1970-06-01, 202", "2020-06-01, 200"})
    void whoAsksAsOfAnEarlierTimeThanTheRangesEndGetsNoMoreThanThat(String asOf, int status) {
        completed(body);

        api.post(EXPORTS, "{\"filters\":" + filters + ",\"asOf\":\"" + asOf + "\",\"reuse\":true}")
                .is(status);
    }

    @Test
    void anotherFormatIsAnotherExport() {
        completed(body);

        api.post(EXPORTS, "{\"filters\":" + filters + ",\"format\":\"csv\",\"reuse\":true}")
                .is(202);
    }

    @Test
    void anotherRequestersIsNotGiven() {
        completed(body);
        try (var erins = Replica.of(api, "--baler.api.user=erin")) {
            erins.post(EXPORTS, reusing).is(202);
        }
    }

    @Test
    void whatWasReadFromElsewhereIsNotTheSame() {
        completed(body);
        try (var moved = Replica.of(api, "--baler.source.collection=newer")) {
            moved.post(EXPORTS, reusing).is(202);
        }
    }

    @Test
    void underAKeyTheSameFinishedExportIsTheAnswerAgain() {
        var finished = completed(body);
        assertThat(idOf(keyed().is(200))).isEqualTo(finished);
        completed(body);

        assertThat(idOf(nothingStarted.by(this::keyed).is(200))).isEqualTo(finished);
    }

    private Answer keyed() {
        return api.send(api.call(EXPORTS)
                .header("Idempotency-Key", "reuse " + day)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(reusing)));
    }

    private String completed(String request) {
        var id = accepted(request);
        worker.complete(id, ARCHIVE, Instant.now().plusSeconds(600));
        return id;
    }

    private String accepted(String request) {
        return idOf(api.post(EXPORTS, request).is(202));
    }

    private static String idOf(Answer answer) {
        return answer.body().path("id").stringValue();
    }
}
