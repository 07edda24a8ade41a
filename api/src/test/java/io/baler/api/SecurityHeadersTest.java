package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No answer leaves without what keeps browsers from doing more with it than showing it. */
@ExtendWith(OnApiServer.class)
class SecurityHeadersTest {
    private static final Map<String, String> ALWAYS = Map.of(
            "x-content-type-options", "nosniff",
            "x-frame-options", "DENY",
            "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
            "referrer-policy", "no-referrer",
            "cache-control", "no-store");

    private final ApiServer api;

    SecurityHeadersTest(ApiServer api) {
        this.api = api;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EXPORTS,
                EXPORTS + "?limit=none",
                EXPORTS + "/0123456789abcdef01234567",
                "/api/v1/keys",
                "/nothing",
                "//api/v1/exports",
                "/api/v1/exports;x=1",
                "/error",
                Defective.PATH,
                Defective.HALF
            })
    void everyAnswerHasThem(String path) {
        hasThem(api.get(path));
        hasThem(api.send(api.anonymousCall(path)));
        hasThem(api.send(api.call(path).header("Authorization", "Bearer wrong")));
        hasThem(api.send(api.call(path).method("HEAD", BodyPublishers.noBody())));
        hasThem(api.send(api.call(path).PUT(BodyPublishers.ofString("x"))));
    }

    @Test
    void whatAnAnswerSaysItselfIsKept() {
        var id = api.requested();
        var job = new FakeWorker(api)
                .completeWithManifest(id, new byte[10], Instant.now().plusSeconds(60));

        var manifest = api.get(EXPORTS + "/" + job.id() + "/manifest").is(200);

        assertThat(manifest.response().headers().allValues("cache-control")).containsExactly("no-cache, private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "GET /{} HTTP/1.1\r\nHost: x\r\n\r\n"})
    void soHasARefusalOfTheContainer(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            var answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);

            ALWAYS.forEach((name, value) -> assertThat(answer).contains(name + ": " + value.toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void strictTransportIsAskedForOnlyWhereThereIsTls() {
        assertThat(api.get(EXPORTS).header("strict-transport-security")).isEmpty();
        try (var behindTls = Replica.of(api, "--baler.api.behind-tls=true");
                var proxied = Replica.of(api, "--server.forward-headers-strategy=native")) {
            assertThat(api.send(behindTls.call(EXPORTS)).header("strict-transport-security"))
                    .isEqualTo("max-age=31536000");
            assertThat(api.send(proxied.call(EXPORTS)).header("strict-transport-security"))
                    .isEmpty();
            assertThat(api.send(proxied.call(EXPORTS).header("X-Forwarded-Proto", "https"))
                            .header("strict-transport-security"))
                    .isEqualTo("max-age=31536000");
        }
    }

    private static void hasThem(Answer answer) {
        ALWAYS.forEach((name, value) -> {
            assertThat(answer.response().headers().allValues(name))
                    .as(name + " of a " + answer.status())
                    .containsExactly(value);
        });
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.header("x-powered-by")).isEmpty();
    }
}
