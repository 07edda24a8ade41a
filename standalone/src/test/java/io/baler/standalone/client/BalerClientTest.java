package io.baler.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baler.job.JobStatus;
import io.baler.standalone.client.ExportRequest.Filters;
import io.baler.standalone.progress.Progress;
import io.baler.standalone.terminal.CommandFailed;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BalerClientTest {

    private static final String EXPORTS = "/api/v1/exports";

    private final FakeApi api = new FakeApi();
    private final BalerClient client = new BalerClient(api.url() + "/", "secret-token");

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void sendsTheTokenAndLeavesOutWhatDoesNotRestrict() {
        api.on("POST " + EXPORTS, 202, ExportJson.export("queued", 0));

        client.request(new ExportRequest(
                new Filters(List.of("ada"), List.of(), List.of("A", "B"), "2026-01-01", null), "json", true));

        var call = api.calls().get(0);
        assertThat(call.authorization()).isEqualTo("Bearer secret-token");
        var json = JsonMapper.shared();
        assertThat(json.readTree(call.body())).isEqualTo(json.readTree("""
                        {"filters": {"usernames": ["ada"], "actions": ["A", "B"], "dateFrom": "2026-01-01"},
                         "format": "json", "restartJob": true}
                        """));
    }

    @Test
    void readsAnExportThatTellsLittle() {
        api.on("GET " + EXPORTS + "/x", 200, "{\"id\": \"x\", \"status\": \"queued\"}");

        var export = client.find("x");

        assertThat(export.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(export.exported()).isZero();
        assertThat(export.expected()).isEqualTo(Progress.UNKNOWN);
    }

    @Test
    void passesOverWhatLaterServersAdd() {
        api.on(
                "GET " + EXPORTS,
                200,
                "{\"exports\": [" + ExportJson.export("completed", 4, ", \"later\": {\"a\": [1]}") + "], \"next\": 1}");

        assertThat(client.list())
                .singleElement()
                .satisfies(export -> assertThat(export.exported()).isEqualTo(4));
    }

    @Test
    void tellsARefusalInOneLineWithTheFields() {
        api.on("POST " + EXPORTS, 422, """
                {"status": 422, "title": "Unprocessable", "detail": "nothing was started", "code": "invalid",
                 "errors": [{"field": "filters.usernames", "message": "no user 'bob'\\n\\u001b[2J"},
                            {"field": "format", "message": "unknown"}]}
                """);

        assertThatThrownBy(() -> client.request(new ExportRequest(Filters.NONE, "json", false)))
                .isInstanceOf(ApiProblem.class)
                .hasMessage("nothing was started (filters.usernames: no user 'bob' [2J; format: unknown)");
    }

    @Test
    void namesTheExportThatAnIdenticalRequestClashesWith() {
        api.on("POST " + EXPORTS, 409, """
                {"status": 409, "detail": "it is running already", "code": "duplicate",
                 "existing": {"id": "abc", "createdAt": "2026-07-01T00:00:00Z"}}
                """);

        assertThatThrownBy(() -> client.request(new ExportRequest(Filters.NONE, "json", false)))
                .isInstanceOfSatisfying(ApiProblem.class, problem -> {
                    assertThat(problem.is("duplicate")).isTrue();
                    assertThat(problem.existingId()).isEqualTo("abc");
                });
    }

    @Test
    void makesDoWithTheStatusWhereNoProblemIsDescribed() {
        api.on("GET " + EXPORTS, 502, "<html>Bad Gateway</html>");

        assertThatThrownBy(client::list).hasMessage("the server answered 502 without saying why");
    }

    @Test
    void saysThatAnotherKindOfServerAnswers() {
        api.on("GET " + EXPORTS, 200, "<html>Welcome</html>");

        assertThatThrownBy(client::list).isInstanceOf(CommandFailed.class).hasMessageContaining("does not answer as");
    }

    @Test
    void asksWhetherTheServerIsRunningWhenNobodyAnswers() {
        api.close();

        assertThatThrownBy(client::list)
                .isInstanceOf(Unreachable.class)
                .hasMessage("no answer from " + api.url() + ": is the server running?");
    }

    @Test
    void keepsABadTokenOutOfItsMessage() {
        var broken = new BalerClient(api.url(), "two\nlines");

        assertThatThrownBy(broken::list)
                .isInstanceOf(CommandFailed.class)
                .hasNoCause()
                .message()
                .doesNotContain("lines");
    }

    @Test
    void asksForOddIdsWithoutLeavingThePath() {
        assertThatThrownBy(() -> client.find("../admin?x=1")).isInstanceOf(ApiProblem.class);

        assertThat(api.callNames()).containsExactly("GET " + EXPORTS + "/..%2Fadmin%3Fx%3D1");
    }
}
