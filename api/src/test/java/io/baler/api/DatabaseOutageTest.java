package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnApiServer.class)
class DatabaseOutageTest {
    private final ApiServer api;

    DatabaseOutageTest(ApiServer api) {
        this.api = api;
    }

    @AfterEach
    void theDatabaseIsBack() {
        api.mendMongodb();
    }

    @Test
    void withoutTheDatabaseNothingIsStartedAndTheAnswerSaysSo() {
        var before = api.storedJobs();
        api.mongodb().cut();
        // connections that are still in the pool break first
        api.get(EXPORTS).isProblem(503, "database-unavailable");

        var answer = api.post(EXPORTS, api.newRequest()).isProblem(503, "database-unavailable");

        assertThat(answer.body().path("detail").stringValue()).contains("cannot be reached", "Nothing was started");
        assertThat(answer.header("retry-after")).isEqualTo("10");
        theDatabaseIsBack();
        assertThat(api.storedJobs()).isEqualTo(before);
    }

    @Test
    void aUserWhoCannotBeLookedUpIsNotTakenForAnUnknownOne() {
        api.mongodb().cut();

        api.post(EXPORTS, "{\"filters\":{\"usernames\":[\"known\"]}}").isProblem(503, "database-unavailable");
    }

    @Test
    void whenTheAnswerIsLostNothingIsClaimedAndARepetitionIsHarmless() {
        var body = api.newRequest();
        api.mongodb().loseAnswerTo("findAndModify");

        var answer = api.post(EXPORTS, body).isProblem(503, "database-unavailable");

        assertThat(answer.body().path("detail").stringValue())
                .contains("not known")
                .doesNotContain("Nothing was");
        await().untilAsserted(() -> api.post(EXPORTS, body).isProblem(409, "duplicate"));
    }
}
