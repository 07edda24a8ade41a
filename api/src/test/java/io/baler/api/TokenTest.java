package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static io.baler.api.IdentityProvider.header;
import static io.baler.api.IdentityProvider.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Which of an identity provider's tokens are believed. */
@ExtendWith(OnApiServer.class)
class TokenTest {
    private static IdentityProvider provider;
    private static Replica replica;

    private final ApiServer api;

    TokenTest(ApiServer api) {
        this.api = api;
    }

    /** As in production: without the token of the embedded mode. */
    @BeforeAll
    static void start(ApiServer api) {
        provider = IdentityProvider.start();
        replica = Replica.of(api, provider.settings("--spring.profiles.active=production", "--baler.api.token="));
    }

    @AfterAll
    static void stop() {
        replica.close();
        provider.close();
    }

    @Test
    void goodTokensAreThoseOfTheProviderWhateverTheirFormIs() {
        get(provider.token(good())).is(200);
        get(provider.tokenOfEllipticCurve(good())).is(200);
        get(provider.token(good().audience(List.of("other", IdentityProvider.AUDIENCE))))
                .is(200);
        get(signed(
                        header(JWSAlgorithm.RS256, provider.key())
                                .type(new JOSEObjectType("at+jwt"))
                                .build(),
                        good(),
                        provider.key()))
                .is(200);
        // clocks differ a little
        get(provider.token(good().expirationTime(in(-20)))).is(200);
        get(provider.token(good().notBeforeTime(in(20)))).is(200);
    }

    @Test
    void theSubjectIsTheRequester() {
        var name = "eve-" + System.nanoTime();
        var token = provider.token(name, "exports:write");

        var answer = api.send(call(EXPORTS, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(api.newRequest())));

        assertThat(answer.is(202).body().path("requestedBy").stringValue()).isEqualTo(name);
    }

    @TestFactory
    Stream<DynamicTest> everyOtherTokenIsAnswered401() throws JOSEException {
        return bad().entrySet().stream()
                .map(token -> DynamicTest.dynamicTest(token.getKey(), () -> {
                    var answer = get(token.getValue()).isProblem(401, "unauthorized");
                    assertThat(answer.header("www-authenticate"))
                            .isEqualTo("Bearer realm=\"baler\", error=\"invalid_token\"");
                }));
    }

    private static Map<String, String> bad() throws JOSEException {
        var key = provider.key();
        var header = header(JWSAlgorithm.RS256, key).build();
        var stranger = IdentityProvider.newKey();
        var all = new LinkedHashMap<String, String>();
        all.put("alg none", new PlainJWT(good().build()).serialize());
        all.put("alg none, spelled otherwise", unsigned("nOnE"));
        all.put(
                "HS256 with the public key's DER as the secret",
                hmac(key.toRSAPublicKey().getEncoded()));
        all.put(
                "HS256 with the public key's PEM as the secret",
                hmac(pem(key.toRSAPublicKey().getEncoded())));
        all.put(
                "HS256 with the public key's JWK as the secret",
                hmac(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        all.put(
                "RS512, which is not among the algorithms",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS512)
                                .keyID(key.getKeyID())
                                .build(),
                        good(),
                        key));
        all.put("wrong issuer", provider.token(good().issuer("https://idp.example")));
        all.put("issuer with a slash more", provider.token(good().issuer(provider.issuer() + "/")));
        all.put("no issuer", provider.token(good().issuer(null)));
        all.put("wrong audience", provider.token(good().audience("https://other.test")));
        all.put("no audience", provider.token(good().audience((String) null)));
        all.put("expired", provider.token(good().expirationTime(in(-60))));
        all.put("never expiring", provider.token(good().expirationTime(null)));
        all.put("not yet valid", provider.token(good().notBeforeTime(in(60))));
        all.put("no subject", provider.token(good().subject(null)));
        all.put("empty subject", provider.token(good().subject(" ")));
        all.put("subject of two lines", provider.token(good().subject("ann\nroot")));
        all.put("endless subject", provider.token(good().subject("a".repeat(257))));
        all.put("unknown key", signed(header(JWSAlgorithm.RS256, stranger).build(), good(), stranger));
        all.put("another key under the id of a known one", signed(header, good(), stranger));
        all.put(
                "a key that the token brings along",
                signed(
                        header(JWSAlgorithm.RS256, stranger)
                                .jwk(stranger.toPublicJWK())
                                .build(),
                        good(),
                        stranger));
        all.put(
                "an id token's type",
                signed(
                        header(JWSAlgorithm.RS256, key)
                                .type(new JOSEObjectType("dpop+jwt"))
                                .build(),
                        good(),
                        key));
        all.putAll(tampered());
        return all;
    }

    private static Map<String, String> tampered() {
        var parts = provider.token(good()).split("\\.");
        var other = provider.token(good().subject("root")).split("\\.");
        return Map.of(
                "tampered payload", parts[0] + "." + other[1] + "." + parts[2],
                "tampered signature", parts[0] + "." + parts[1] + "." + parts[2].substring(0, 300) + "AAAA",
                "no signature", parts[0] + "." + parts[1] + ".",
                "two parts", parts[0] + "." + parts[1],
                "no token at all", "x",
                "header that is no JSON", "AAAA." + parts[1] + "." + parts[2],
                "encrypted", "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkExMjhHQ00ifQ.AA.AA.AA.AA");
    }

    @Test
    void aTokenInTheQueryIsNone() {
        var token = provider.token(good());

        api.send(HttpRequest.newBuilder(replica.uri(EXPORTS + "?access_token=" + token)))
                .isProblem(401, "unauthorized");
    }

    @Test
    void theTokenOfTheEmbeddedModeIsNoneHere() {
        get(ApiServer.TOKEN).isProblem(401, "unauthorized");
    }

    @Test
    void aNewKeyIsBelievedWithoutANewStartAndTheFormerOneNoLonger() {
        get(provider.token(good())).is(200);
        var former = provider.token(good());

        provider.rotate();

        await().atMost(Duration.ofSeconds(15))
                .until(() -> get(provider.token(good())).status() == 200);
        get(former).isProblem(401, "unauthorized");
    }

    @Test
    void madeUpKeysDoNotTurnIntoCallsOfTheProvider() {
        get(provider.token(good())).is(200);
        var before = provider.fetches();
        for (var n = 0; n < 20; n++) {
            var key = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID("made up " + n)
                    .build();
            get(signed(key, good(), provider.key())).isProblem(401, "unauthorized");
        }

        assertThat(provider.fetches() - before).isLessThanOrEqualTo(2);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theApiStartsWithoutTheProviderAndOutlivesItsAbsence(CapturedOutput output) {
        try (var late = IdentityProvider.away();
                var started =
                        Replica.of(api, late.settings("--spring.profiles.active=production", "--baler.api.token="))) {
            var token = late.token("ann", "exports:read");
            var answer = api.send(started.call(EXPORTS, token)).isProblem(503, "issuer-unavailable");
            assertThat(answer.header("retry-after")).isEqualTo("5");
            api.send(HttpRequest.newBuilder(started.uri(EXPORTS))).isProblem(401, "unauthorized");

            late.comeBack();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> api.send(started.call(EXPORTS, token)).status() == 200);
            late.goAway();

            api.send(started.call(EXPORTS, late.token("ann", "exports:read"))).is(200);
            assertThat(output.getAll()).containsOnlyOnce("The token issuer's keys cannot be fetched");
        }
    }

    @Test
    void whoeverFollowsDoesSoNoLongerThanTheTokenIsGood() throws IOException {
        var settings = provider.settings(
                "--spring.profiles.active=production", "--baler.api.token=", "--baler.api.jwt.clock-skew=0s");
        try (var exact = Replica.of(api, settings)) {
            var token = provider.token(
                    provider.claims(ApiServer.USER, "exports:read").expirationTime(in(5)));
            try (var stream = EventClient.open(api, exact.call(EXPORTS + "/" + api.requested() + "/events", token))) {
                assertThat(stream.next().type()).isEqualTo("progress");

                // the test's time limit holds if it never ends
                assertThat(stream.rest()).allMatch(event -> event.type().equals("progress"));
            }
            await().until(() -> exact.streams().size() == 0);
        }
    }

    /** Not even where everything that there is to tell is told. */
    @Test
    void noTokenComesIntoALog() throws JOSEException {
        var tokens = new ArrayList<>(bad().values());
        tokens.add(provider.token(good()));
        tokens.add(provider.token("ann"));
        tokens.add(ApiServer.TOKEN);
        tokens.removeIf(token -> token.length() < 20);

        try (var log =
                new TracedLog("io.baler", "org.springframework.security", "org.springframework.web", "com.nimbusds")) {
            tokens.forEach(token -> {
                get(token);
                api.send(call(EXPORTS, token).DELETE());
                api.send(api.anonymousCall(EXPORTS).header("Authorization", "Bearer " + token));
                api.send(api.anonymousCall(EXPORTS).header("Authorization", "Bearer " + token + " " + token));
            });

            assertThat(log.text()).contains("Secured GET /api/v1/exports");
            assertThat(tokens).allSatisfy(token -> {
                var signature = token.substring(token.lastIndexOf('.') + 1);
                assertThat(log.text().contains(token)).isFalse();
                assertThat(signature.length() > 20 && log.text().contains(signature))
                        .isFalse();
            });
        }
    }

    private static JWTClaimsSet.Builder good() {
        return provider.claims("ann", "exports:read");
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String hmac(byte[] secret) throws JOSEException {
        return signed(header(JWSAlgorithm.HS256, provider.key()).build(), good(), new MACSigner(secret));
    }

    private static byte[] pem(byte[] der) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String unsigned(String algorithm) {
        var header = "{\"alg\":\"" + algorithm + "\"}";
        var payload = good().build().toString();
        return Stream.of(header, payload)
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .reduce("", (all, part) -> all + part + ".");
    }

    private static HttpRequest.Builder call(String path, String token) {
        return replica.call(path, token);
    }

    private Answer get(String token) {
        return api.send(call(EXPORTS, token));
    }
}
