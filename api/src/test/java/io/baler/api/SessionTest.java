package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser that has exchanged its token for a cookie is who the token said, no longer than that, and nobody else is. */
@ExtendWith(OnApiServer.class)
class SessionTest {
    private static final String SESSION = "/api/v1/session";

    private final ApiServer api;

    SessionTest(ApiServer api) {
        this.api = api;
    }

    @Test
    void theCookieOpensWhatTheTokenOpensLinksAndStreamsIncluded() throws Exception {
        var session = signIn();
        var queued = api.requested();
        var archive = "archive".getBytes(StandardCharsets.UTF_8);
        var done = new FakeWorker(api)
                .complete(api.requested(), archive, Instant.now().plusSeconds(60))
                .id();

        api.send(by(session, EXPORTS)).is(200);
        api.send(by(session, EXPORTS + "/" + done + "/archive")).is(302);
        try (var stream = EventClient.open(api, by(session, EXPORTS + "/" + queued + "/events"))) {
            assertThat(stream.next().type()).isEqualTo("progress");
        }
        var view = api.send(by(session, SESSION)).is(200).body();
        assertThat(view.path("name").stringValue()).isEqualTo(ApiServer.USER);
        assertThat(view.path("rights").toString()).contains("exports:read", "exports:write");
        assertThat(view.path("csrfToken").stringValue()).isEqualTo(session.csrfToken);
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(view.path("until").stringValue())))
                .isBetween(Duration.ofHours(7), Duration.ofHours(8));
    }

    @Test
    void theCookieIsForThisSiteAloneAndForNoScript() {
        var answer = api.send(api.call(SESSION).POST(BodyPublishers.noBody())).is(200);

        assertThat(answer.header("set-cookie"))
                .matches("baler-session=[\\w-]{43}; Path=/; Max-Age=\\d+; Expires=[^;]+; HttpOnly; SameSite=Strict");
    }

    @Test
    void byTlsTheCookieIsSentByTlsOnlyAndAnotherHostCannotSetIt() {
        try (var behindTls = Replica.of(api, "--baler.api.behind-tls=true")) {
            var cookie = api.send(behindTls.call(SESSION).POST(BodyPublishers.noBody()))
                    .is(200)
                    .header("set-cookie");

            assertThat(cookie).startsWith("__Host-baler-session=").contains("; Secure; HttpOnly; SameSite=Strict");
            var value = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
            var plain = HttpRequest.newBuilder(behindTls.uri(EXPORTS));
            api.send(plain.copy().header("Cookie", "__Host-baler-session=" + value))
                    .is(200);
            api.send(plain.copy().header("Cookie", "baler-session=" + value)).is(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "of another"})
    void whatChangesSomethingNeedsTheSessionsCsrfToken(String csrfToken) {
        var session = signIn();
        var presented = csrfToken.equals("of another") ? signIn().csrfToken : csrfToken;
        var call = requesting(by(session, EXPORTS));
        if (!presented.isEmpty()) {
            call.header("X-CSRF-Token", presented);
        }

        new NothingStarted(api).by(() -> api.send(call)).isProblem(403, "csrf-token-required");
    }

    @Test
    void withItARequestIsTaken() {
        var session = signIn();

        api.send(requesting(by(session, EXPORTS)).header("X-CSRF-Token", session.csrfToken))
                .is(202);
    }

    /** Or a page that can make a browser send the cookie would decide who somebody is. */
    @Test
    void whoeverPresentsATokenIsWhoTheTokenSays() {
        var session = signIn();

        api.send(by(session, EXPORTS).header("Authorization", "Bearer wrong")).isProblem(401, "unauthorized");
        api.send(requesting(by(session, EXPORTS)).header("Authorization", "Bearer " + ApiServer.TOKEN))
                .is(202);
    }

    @Test
    void aSessionThatHasEndedOpensNothing() {
        var session = signIn();
        var other = signIn();

        var left = api.send(by(session, SESSION)
                        .header("X-CSRF-Token", session.csrfToken)
                        .DELETE())
                .is(204);

        assertThat(left.header("set-cookie")).startsWith("baler-session=;").contains("Max-Age=0");
        api.send(by(session, EXPORTS)).isProblem(401, "unauthorized");
        api.send(by(other, EXPORTS)).is(200);
    }

    @Test
    void aSessionBeginsWithATokenAlways() {
        var session = signIn();

        api.send(by(session, SESSION).header("X-CSRF-Token", session.csrfToken).POST(BodyPublishers.noBody()))
                .isProblem(403, "token-required");
    }

    /** Whatever value somebody has planted in the browser. */
    @Test
    void signingInGivesAValueThatNobodyKnew() {
        var planted = "A".repeat(43);

        var answer = api.send(api.call(SESSION)
                        .header("Cookie", "baler-session=" + planted)
                        .POST(BodyPublishers.noBody()))
                .is(200);

        assertThat(answer.header("set-cookie")).doesNotContain(planted);
        api.send(by(new Session(planted, ""), EXPORTS)).isProblem(401, "unauthorized");
    }

    @Test
    void theSessionEndsWithTheTokenAndHasTheTokensRightsOnly() {
        try (var provider = IdentityProvider.start();
                var replica = Replica.of(api, provider.settings("--baler.api.jwt.clock-skew=0s"))) {
            var soon = Instant.now().plusSeconds(600);
            var token = provider.token(provider.claims("rita", "exports:read").expirationTime(Date.from(soon)));
            var answer = api.send(replica.call(SESSION, token).POST(BodyPublishers.noBody()))
                    .is(200);
            var session = sessionOf(answer);

            assertThat(Instant.parse(answer.body().path("until").stringValue())).isBetween(soon.minusSeconds(1), soon);
            assertThat(answer.body().path("rights").toString()).isEqualTo("[\"exports:read\"]");
            var call = HttpRequest.newBuilder(replica.uri(EXPORTS)).header("Cookie", "baler-session=" + session.cookie);
            api.send(call.copy()).is(200);
            api.send(requesting(call.copy()).header("X-CSRF-Token", session.csrfToken))
                    .isProblem(403, "forbidden");

            // another replica knows it, too
            api.send(by(session, EXPORTS)).is(200);
            var over = Date.from(Instant.now().minusSeconds(1));
            sessions().updateMany(new Document("name", "rita"), new Document("$set", new Document("expiresAt", over)));
            api.send(call.copy()).isProblem(401, "unauthorized");
        }
    }

    @Test
    void whoReadsTheDatabaseCannotBeAnybodyByIt() {
        var session = signIn();

        var stored = sessions().find().into(new ArrayList<>()).toString();

        assertThat(stored).contains(ApiServer.USER);
        for (var secret : List.of(session.cookie, session.csrfToken, ApiServer.TOKEN)) {
            assertThat(stored.contains(secret)).isFalse();
        }
    }

    @Test
    void withoutTheDatabaseNobodyIsTakenForSignedOut() {
        var session = signIn();
        api.mongodb().cut();
        try {
            api.send(by(session, EXPORTS)).isProblem(503, "database-unavailable");
            // and the page that tells it is there
            for (var file : List.of("/", "/console/app.js")) {
                assertThat(api.send(by(session, file)).is(200).header("set-cookie"))
                        .isEmpty();
            }
        } finally {
            api.mendMongodb();
        }
    }

    private MongoCollection<Document> sessions() {
        return api.bean(MongoClient.class).getDatabase("baler").getCollection("webSessions");
    }

    private record Session(String cookie, String csrfToken) {}

    private Session signIn() {
        return sessionOf(
                api.send(api.call(SESSION).POST(BodyPublishers.noBody())).is(200));
    }

    private static Session sessionOf(Answer answer) {
        var cookie = answer.header("set-cookie");
        return new Session(
                cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')),
                answer.body().path("csrfToken").stringValue());
    }

    private HttpRequest.Builder by(Session session, String path) {
        return api.anonymousCall(path).header("Cookie", "baler-session=" + session.cookie);
    }

    private HttpRequest.Builder requesting(HttpRequest.Builder call) {
        return call.header("Content-Type", "application/json").POST(BodyPublishers.ofString(api.newRequest()));
    }
}
