package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The predecessor's front end finds the route, the bodies and the error codes that it knows. */
@ExtendWith(OnApiServer.class)
class PredecessorRouteTest {
    private static final String ROUTE = "/_api/v3/audit-log-bulk-export";

    private final ApiServer api;
    private final NothingStarted nothingStarted;

    PredecessorRouteTest(ApiServer api) {
        this.api = api;
        this.nothingStarted = new NothingStarted(api);
    }

    @Test
    void anExportIsStartedAndItsIdTold() {
        var started = api.post(ROUTE, api.newRequest()).is(201);

        assertThat(started.body().propertyNames()).containsExactly("jobId");
        var id = started.body().path("jobId").stringValue();
        assertThat(api.get(EXPORTS + "/" + id).is(200).body().path("status").stringValue())
                .isEqualTo("queued");
    }

    @Test
    void anEqualOfARunningExportIsADuplicate() {
        var body = api.newRequest();
        var running = api.post(ROUTE, body).is(201).body().path("jobId").stringValue();

        var error = error(nothingStarted.by(() -> api.post(ROUTE, body)).is(409));

        assertThat(error.path("code").stringValue()).isEqualTo("audit_log_bulk_export.duplicate_export_job_error");
        assertThat(error.path("message").stringValue()).isNotBlank();
        assertThat(Instant.parse(error.path("args")
                        .path("duplicateJob")
                        .path("createdAt")
                        .stringValue()))
                .isEqualTo(api.jobs().find(running).orElseThrow().createdAt());
    }

    @Test
    void aRunningExportIsRestartedIfThatIsWished() {
        var body = api.newRequest();
        var running = api.post(ROUTE, body).is(201).body().path("jobId").stringValue();

        var restarted = api.post(ROUTE, body.replaceFirst("\\{", "{\"restartJob\":true,"))
                .is(201);

        assertThat(restarted.body().path("jobId").stringValue()).isEqualTo(running);
        assertThat(api.jobs().find(running).orElseThrow().gen()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {}                                                          | filters
            {'filters':null}                                            | filters
            {'filters':{'usernames':'known'}}                           | filters.usernames
            {'filters':{'usernames':[{'$ne':''}]}}                      | filters.usernames[0]
            {'filters':{'dateFrom':'yesterday'}}                        | filters.dateFrom
            {'filters':{},'format':'xlsx'}                              | format
            {'filters':{},'restartJob':'yes'}                           | restartJob
            {'filters':{'user':'known'}}                                | filters.user
            {'filters':                                                 | line 1
            """)
    void aBadBodyIsRefusedByName(String body, String named) {
        var refused = nothingStarted
                .by(() -> api.post(ROUTE, body.replace('\'', '"')))
                .is(400);

        assertThat(error(refused).path("code").stringValue()).isEqualTo("validation_failed");
        assertThat(error(refused).path("message").stringValue()).contains(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'filters':{'usernames':['known','nobody']}}                | nobody
            {'filters':{'usernames':[]}}                                | filters.usernames
            {'filters':{'actions':['LOGIN','LOGON']}}                   | LOGON
            """)
    void whatCannotBeHadFailsInsteadOfExportingMore(String body, String named) {
        var refused = nothingStarted
                .by(() -> api.post(ROUTE, body.replace('\'', '"')))
                .is(422);

        assertThat(error(refused).path("code").stringValue()).isEqualTo("audit_log_bulk_export.failed_to_export");
        assertThat(error(refused).path("message").stringValue()).contains(named);
    }

    @Test
    void whoMustWaitIsToldForHowLong() {
        try (var limited = Replica.of(api, "--baler.api.user=mona", "--baler.limits.live-per-requester=1")) {
            limited.post(ROUTE, api.newRequest()).is(201);

            var refused = limited.post(ROUTE, api.newRequest()).is(429);

            assertThat(refused.header("retry-after")).isEqualTo("30");
            assertThat(error(refused).path("code").stringValue()).isEqualTo("audit_log_bulk_export.failed_to_export");
        }
    }

    @Test
    void anotherTypeThanJsonFailsInTheSameForm() {
        var refused =
                api.send(api.call(ROUTE).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}")));

        assertThat(error(refused.is(415)).path("code").stringValue())
                .isEqualTo("audit_log_bulk_export.failed_to_export");
    }

    @Test
    void withoutATokenNothingIsStarted() {
        nothingStarted
                .by(() -> api.send(api.anonymousCall(ROUTE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"filters\":{}}"))))
                .isProblem(401, "unauthorized");
    }

    private static JsonNode error(Answer refused) {
        assertThat(refused.header("content-type")).isEqualTo("application/json");
        assertThat(refused.body().propertyNames()).containsExactly("errors");
        assertThat(refused.body().path("errors").size()).isEqualTo(1);
        return refused.body().path("errors").get(0);
    }
}
