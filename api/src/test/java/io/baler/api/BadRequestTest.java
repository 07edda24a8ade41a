package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(OnApiServer.class)
class BadRequestTest {
    private final ApiServer api;
    private final NothingStarted nothingStarted;

    BadRequestTest(ApiServer api) {
        this.api = api;
        this.nothingStarted = new NothingStarted(api);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"filters":{"actionz":["LOGIN"]}}                                       | 400 | filters.actionz
            {"filters":{"actions":["LOGIN","LOGON"]}}                               | 422 | filters.actions
            {"filters":{"usernames":["known","nobody"]}}                            | 422 | filters.usernames
            {"filters":{"usernames":[]}}                                            | 422 | filters.usernames
            {"filters":{"users":[]}}                                                | 422 | filters.users
            {"filters":{"actions":[]}}                                              | 422 | filters.actions
            {"filters":{"actions":"LOGIN"}}                                         | 400 | filters.actions
            {"filters":{"actions":["LOGIN",{"$ne":""}]}}                            | 400 | filters.actions[1]
            {"filters":{"dateFrom":{"$gt":""}}}                                     | 400 | filters.dateFrom
            {"filters":{"dateFrom":"yesterday"}}                                    | 400 | filters.dateFrom
            {"filters":{"dateTo":"2023-02-30"}}                                     | 400 | filters.dateTo
            {"filters":{"dateFrom":"2023-01-02","dateTo":"2023-01-01"}}             | 422 | filters.dateFrom
            {"filters":{},"format":"xlsx"}                                          | 400 | format
            {"filters":{},"format":7}                                               | 400 | format
            {"filters":{},"asOf":"soon"}                                            | 400 | asOf
            {"filters":{},"restartJob":"yes"}                                       | 400 | restartJob
            {"filters":{},"reuse":"yes"}                                            | 400 | reuse
            {"filters":{},"usernames":["known"]}                                    | 400 | usernames
            {"filter":{"actions":["LOGIN"]}}                                        | 400 | filter
            {"filters":null}                                                        | 400 | filters
            {"filters":[]}                                                          | 400 | filters
            {}                                                                      | 400 | filters
            []                                                                      | 400 | (body)
            null                                                                    | 400 | (body)
            """)
    void whatCannotBecomeAnExportIsRefusedByName(String body, int status, String field) {
        var answer = nothingStarted.by(() -> api.post(EXPORTS, body));

        answer.isProblem(status, status == 400 ? "invalid-request" : "unprocessable-request");
        assertThat(answer.fields()).containsExactly(field);
    }

    @Test
    void everyUnknownNameIsNamed() {
        var answer = nothingStarted.by(
                () -> api.post(EXPORTS, "{\"filters\":{\"usernames\":[\"nobody\",\"known\",\"no-one\"]}}"));

        assertThat(answer.text()).contains("'nobody'", "'no-one'").doesNotContain("'known'");
    }

    @Test
    void everyUnknownMemberIsNamed() {
        var answer = nothingStarted.by(() -> api.post(EXPORTS, "{\"filters\":{},\"uzers\":[],\"from\":\"\"}"));

        answer.isProblem(400, "invalid-request");
        assertThat(answer.text()).contains("uzers", "from");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"filters":{}                       | 1
            {"filters":{},}                     | 1
            {'filters':{}}                      | 1
            {"filters":{}} {"filters":{}}       | 1
            {"filters":{"actions":["LOGIN"]},"filters":{}} | 1
            canary                              | 1
            {"filters":\\n{"dateFrom":NaN}}     | 2
            """)
    void malformedJsonIsRefusedWithItsPlaceAndWithoutItsContent(String body, int line) {
        var answer = nothingStarted.by(() -> api.post(EXPORTS, body.replace("\\n", "\n")));

        answer.isProblem(400, "malformed-json");
        assertThat(answer.body().path("detail").stringValue())
                .contains("line " + line, "column ")
                .doesNotContain("canary", "LOGIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u0000", "\uFEFF"})
    void aBodyOfNothingIsRefused(String body) {
        var answer = nothingStarted.by(() -> api.post(EXPORTS, body));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void aBodyThatIsNestedTooDeeplyIsRefused() {
        var answer = nothingStarted.by(
                () -> api.post(EXPORTS, "{\"filters\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));

        answer.isProblem(400, "malformed-json");
    }

    @Test
    void aBodyOverOneMebibyteIsRefused() {
        var tooLarge = "{\"filters\":{},\"format\":\"" + "x".repeat(1 << 20) + "\"}";

        var answer = nothingStarted.by(() -> api.post(EXPORTS, tooLarge));

        answer.isProblem(413, "content-too-large");
    }

    @Test
    void aBodyOverOneMebibyteWithoutALengthIsRefused() {
        var chunk = "\"" + "x".repeat(1 << 20) + "\"";

        var answer = nothingStarted.by(() -> api.send(api.call(EXPORTS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(chunk.getBytes())))));

        answer.isProblem(413, "content-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"})
    void anotherTypeThanJsonIsRefused(String type) {
        var answer = nothingStarted.by(() -> api.send(
                api.call(EXPORTS).header("Content-Type", type).POST(BodyPublishers.ofString("{\"filters\":{}}"))));

        answer.isProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "nonsense"})
    void anAnswerThatTheCallerDoesNotAcceptIsRefusedBeforeAnythingIsDone(String type) {
        var answer = nothingStarted.by(() -> api.send(api.call(EXPORTS)
                .header("Content-Type", "application/json")
                .header("Accept", type)
                .POST(BodyPublishers.ofString("{\"filters\":{}}"))));

        answer.isProblem(406, "not-acceptable");
    }

    /** Generated clients accept only refusals here, since nothing else has a body. */
    @Test
    void aCallThatIsAnsweredWithNothingDoesNotMindWhatIsAccepted() {
        var ended = api.requested();
        api.post(EXPORTS + "/" + ended + "/cancel").is(202);

        api.send(api.call(EXPORTS + "/" + ended)
                        .header("Accept", "application/problem+json")
                        .DELETE())
                .is(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "501", "-1", "ten", "1.5", "%20", "99999999999999999999", "1&limit=2"})
    void aLimitThatIsNoneIsRefusedByName(String limit) {
        var answer = api.get(EXPORTS + "?limit=" + limit);

        answer.isProblem(400, "invalid-request");
        assertThat(answer.fields()).containsExactly("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?=1", "?limit=%zz", "?limit=%", "?%ff=1&=%"})
    void aQueryThatIsNoneIsRefused(String query) throws IOException {
        // as it is: the client would refuse to send it
        assertThat(ProtocolErrorTest.raw(
                        api,
                        "GET " + EXPORTS + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                                + ApiServer.TOKEN + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }
}
