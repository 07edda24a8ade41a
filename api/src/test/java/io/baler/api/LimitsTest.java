package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(OnApiServer.class)
class LimitsTest {
    private final ApiServer api;

    LimitsTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void whoHasAsManyLiveExportsAsAllowedIsToldToWait() {
        try (var limited = Replica.of(api, "--baler.api.user=carol", "--baler.limits.live-per-requester=2")) {
            var first = accepted(limited);
            accepted(limited);

            var refused = limited.post(EXPORTS, api.newRequest()).isProblem(429, "too-many-live-exports");

            assertThat(refused.header("retry-after")).isEqualTo("30");
            assertThat(refused.body().path("limit").asInt()).isEqualTo(2);
            assertThat(refused.body().path("detail").stringValue())
                    .contains("Nothing was started", "live-per-requester");
            api.jobs().cancel(first);
            accepted(limited);
        }
    }

    @Test
    void allRequestersTogetherHaveAsManyLiveExportsAsAllowedOverAllReplicas() {
        try (var georges = Replica.of(api, "--baler.api.user=george", "--baler.limits.live-total=2");
                var helens = Replica.of(api, "--baler.api.user=helen", "--baler.limits.live-total=2")) {
            var first = accepted(georges);
            accepted(helens);

            var refused = helens.post(EXPORTS, api.newRequest()).isProblem(429, "too-many-live-exports");

            assertThat(refused.header("retry-after")).isEqualTo("30");
            assertThat(refused.body().path("limit").asInt()).isEqualTo(2);
            assertThat(refused.body().path("detail").stringValue()).contains("Nothing was started", "live-total");
            api.jobs().cancel(first);
            accepted(helens);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'dateFrom':'2023-01-01','dateTo':'2023-01-31'}   |
            {'dateFrom':'2023-01-01','dateTo':'2023-02-01'}   | filters.dateTo
            {'dateFrom':'2023-01-01'}                         | filters.dateTo
            {'dateTo':'2023-01-31'}                           | filters.dateFrom
            {}                                                | filters.dateFrom
            """)
    void aRangeThatIsLongerThanAllowedOrOpenIsRefusedByName(String filters, String field) {
        var body = "{\"filters\":" + filters.replace('\'', '"') + "}";
        try (var limited = Replica.of(api, "--baler.api.user=ida", "--baler.limits.longest-range=31d")) {
            if (field == null) {
                limited.post(EXPORTS, body).is(202);
                return;
            }
            var refused = new NothingStarted(api).by(() -> limited.post(EXPORTS, body));

            assertThat(refused.isProblem(422, "unprocessable-request").fields()).containsExactly(field);
            assertThat(refused.text()).contains("baler.limits.longest-range");
        }
    }

    @Test
    void namesAndBodiesAreAsManyAndAsLargeAsAllowed() {
        try (var limited =
                Replica.of(api, "--baler.api.user=kim", "--baler.limits.names=2", "--baler.limits.body-size=100B")) {
            limited.post(EXPORTS, "{\"filters\":{\"users\":[\"a\",\"b\"]}}").is(202);

            var tooMany = new NothingStarted(api)
                    .by(() -> limited.post(EXPORTS, "{\"filters\":{\"users\":[\"a\",\"b\",\"c\"]}}"));
            assertThat(tooMany.isProblem(422, "unprocessable-request").fields()).containsExactly("filters.users");
            var tooLarge =
                    new NothingStarted(api).by(() -> limited.post(EXPORTS, "{\"filters\":{}" + " ".repeat(100) + "}"));
            tooLarge.isProblem(413, "content-too-large");
        }
    }

    @Test
    void callsThatChangeSomethingAreCountedByTheMinuteOverAllReplicasAndLooksAreNot() {
        var settings = new String[] {"--baler.api.user=lars", "--baler.limits.requests-per-minute=4"};
        try (var one = Replica.of(api, settings);
                var other = Replica.of(api, settings)) {
            for (var replica : List.of(one, other, one, other)) {
                replica.post(EXPORTS, "{}").is(400);
            }

            var refused = new NothingStarted(api).by(() -> one.post(EXPORTS, api.newRequest()));

            refused.isProblem(429, "too-many-requests");
            assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 60);
            assertThat(refused.body().path("limit").asInt()).isEqualTo(4);
            other.post(EXPORTS, "{}").isProblem(429, "too-many-requests");
            IntStream.range(0, 10).forEach(i -> one.get(EXPORTS).is(200));
            api.post(EXPORTS, api.newRequest()).is(202);

            letTheMinutePass("lars");
            IntStream.range(0, 4).forEach(i -> accepted(i % 2 == 0 ? one : other));
            one.post(EXPORTS, "{}").isProblem(429, "too-many-requests");
        }
    }

    private void letTheMinutePass(String requester) {
        api.bean(MongoClient.class)
                .getDatabase("baler")
                .getCollection("requestCounts")
                .updateOne(
                        new Document("_id", requester),
                        new Document(
                                "$set",
                                new Document("since", Date.from(Instant.now().minusSeconds(61)))));
    }

    private String accepted(Replica replica) {
        return replica.post(EXPORTS, api.newRequest()).is(202).body().path("id").stringValue();
    }
}
