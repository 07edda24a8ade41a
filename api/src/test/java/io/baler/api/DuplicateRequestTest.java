package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static io.baler.api.Messages.Message.about;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnApiServer.class)
class DuplicateRequestTest {
    private final ApiServer api;

    DuplicateRequestTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void anEqualOfALiveExportIsRefusedAndTheLiveOneNamed() {
        var body = api.newRequest();
        var first = api.post(EXPORTS, body).is(202).body();

        var refused = new NothingStarted(api).by(() -> api.post(EXPORTS, body)).isProblem(409, "duplicate");

        var existing = refused.body().path("existing");
        assertThat(existing.path("id")).isEqualTo(first.path("id"));
        assertThat(Instant.parse(existing.path("createdAt").stringValue()))
                .isEqualTo(Instant.parse(first.path("createdAt").stringValue()));
        assertThat(existing.path("href").stringValue())
                .isEqualTo(EXPORTS + "/" + first.path("id").stringValue());
    }

    @Test
    void anEqualOfALiveExportRestartsItIfThatIsWished() {
        var body = api.newRequest();
        var first = api.post(EXPORTS, body).is(202).body().path("id").stringValue();
        api.awaitSilence();

        var again = api.post(EXPORTS, body.replaceFirst("\\{", "{\"restartJob\":true,"))
                .is(202);

        assertThat(again.body().path("id").stringValue()).isEqualTo(first);
        assertThat(again.header("location")).isEqualTo(EXPORTS + "/" + first);
        assertThat(api.jobs().find(first).orElseThrow().gen()).isEqualTo(1);
        assertThat(api.messages().until(about("baler.export.requested", first)))
                .anyMatch(about("baler.export.restart", first));
    }

    @Test
    void withNothingToRestartANewExportIsMade() {
        var body = api.newRequest();
        var first = api.post(EXPORTS, body).is(202).body().path("id").stringValue();
        api.post(EXPORTS + "/" + first + "/cancel").is(202);

        var second = api.post(EXPORTS, body.replaceFirst("\\{", "{\"restartJob\":true,"))
                .is(202)
                .body();

        assertThat(second.path("id").stringValue()).isNotEqualTo(first);
        assertThat(api.jobs()
                        .find(second.path("id").stringValue())
                        .orElseThrow()
                        .gen())
                .isZero();
    }

    @Test
    void ofManyEqualRequestsAtOnceOneIsAccepted() throws Exception {
        var body = api.newRequest();
        var callers = Executors.newFixedThreadPool(8);
        try {
            var answers = callers.invokeAll(IntStream.range(0, 16)
                    .mapToObj(i ->
                            (Callable<Integer>) () -> api.post(EXPORTS, body).status())
                    .toList());

            var statuses = new ArrayList<Integer>();
            for (var answer : answers) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnly(202, 409).containsOnlyOnce(202);
        } finally {
            callers.shutdown();
        }
    }
}
