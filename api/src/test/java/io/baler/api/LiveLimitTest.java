package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnApiServer.class)
class LiveLimitTest {

    @Test
    void whoHasAsManyLiveExportsAsAllowedIsToldToWait(ApiServer api) {
        try (var limited = Replica.of(api, "--baler.api.user=carol", "--baler.limits.live-per-requester=2")) {
            var first = limited.post(EXPORTS, api.newRequest())
                    .is(202)
                    .body()
                    .path("id")
                    .stringValue();
            limited.post(EXPORTS, api.newRequest()).is(202);

            var refused = limited.post(EXPORTS, api.newRequest()).isProblem(429, "too-many-live-exports");

            assertThat(refused.header("retry-after")).isEqualTo("30");
            assertThat(refused.body().path("limit").asInt()).isEqualTo(2);
            assertThat(refused.body().path("detail").stringValue()).contains("Nothing was started");
            api.jobs().cancel(first);
            limited.post(EXPORTS, api.newRequest()).is(202);
        }
    }
}
