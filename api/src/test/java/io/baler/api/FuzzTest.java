package io.baler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.api.Messages.Message;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whatever is sent, nothing breaks, nothing of the insides is shown, and nothing is begun. */
@ExtendWith({OnApiServer.class, OutputCaptureExtension.class})
@Timeout(900)
class FuzzTest {
    private static final long SEED = Long.getLong("baler.seed", 20_261_126);
    private static final String INSIDES =
            "(?s).*(Exception|\\tat |java\\.|jakarta\\.|org\\.spring|com\\.mongo|tools\\.jackson|io\\.baler|Tomcat).*";

    private final ApiServer api;

    FuzzTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void nothingBreaksAndNothingBegins(CapturedOutput output) {
        var worker = new FakeWorker(api);
        var done = worker.completeWithManifest(
                api.requested(), new byte[10], Instant.now().plusSeconds(3_600));
        var failed = worker.fail(api.requested());
        var calls = new FuzzedCalls(SEED, List.of(done.id(), failed.id()));
        api.awaitSilence();
        var before = api.storedJobs();
        var tally = new TreeMap<Integer, Integer>();

        for (int n = 0; n < Effort.of(2_000, 20_000); n++) {
            var call = calls.next(api);
            var answer = api.send(call, BodyHandlers.ofString());
            tally.merge(answer.statusCode(), 1, Integer::sum);
            check(n, answer);
        }

        assertThat(api.storedJobs()).isEqualTo(before);
        var fence = api.requested();
        assertThat(api.messages().until(Message.about("baler.export.requested", fence)))
                .extracting(Message::key)
                .containsExactly(fence);
        assertThat(output).doesNotContain("failed unexpectedly");
        System.out.println("fuzzed with seed " + SEED + ", statuses: " + tally);
    }

    private static void check(int n, HttpResponse<String> answer) {
        var what = "call " + n + " of seed " + SEED + ": " + answer.request() + " " + answer.body();
        assertThat(answer.statusCode()).as(what).isLessThan(500);
        if (answer.statusCode() >= 400) {
            // what was sent is not what the server has of itself
            assertThat(answer.body().replace("java.lang.Runtime", "")).as(what).doesNotMatch(INSIDES);
        }
    }
}
