package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;

@ExtendWith(OnApiServer.class)
class LiveLimitTest {

    @Test
    void whoHasAsManyLiveExportsAsAllowedIsToldToWait(ApiServer api) {
        try (var limited = new SpringApplicationBuilder(ApiApplication.class)
                .properties(api.settings())
                .run("--server.port=0", "--baler.api.user=carol", "--baler.limits.live-per-requester=2")) {
            var exports = URI.create(
                    "http://127.0.0.1:" + limited.getEnvironment().getProperty("local.server.port") + EXPORTS);
            var first = post(api, exports).is(202).body().path("id").stringValue();
            post(api, exports).is(202);

            var refused = post(api, exports).isProblem(429, "too-many-live-exports");

            assertThat(refused.header("retry-after")).isEqualTo("30");
            assertThat(refused.body().path("limit").asInt()).isEqualTo(2);
            assertThat(refused.body().path("detail").stringValue()).contains("Nothing was started");
            api.jobs().cancel(first);
            post(api, exports).is(202);
        }
    }

    private static Answer post(ApiServer api, URI exports) {
        return api.send(HttpRequest.newBuilder(exports)
                .header("Authorization", "Bearer " + ApiServer.TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(api.newRequest())));
    }
}
