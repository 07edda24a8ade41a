package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith({OnApiServer.class, OutputCaptureExtension.class})
class ProtocolErrorTest {
    private final ApiServer api;

    ProtocolErrorTest(ApiServer api) {
        this.api = api;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/api/v1",
                "/api/v1/exports/",
                "/error",
                "/actuator/health",
                "/actuator/env",
                "/logout"
            })
    void anUnknownPathIsNotFound(String path) {
        api.get(path).isProblem(404, "not-found");
        api.post(path).isProblem(404, "not-found");
    }

    @Test
    void anotherMethodIsRefusedWithTheOnesThereAre() {
        var answer = api.send(api.call(EXPORTS).PUT(BodyPublishers.noBody())).isProblem(405, "method-not-allowed");

        assertThat(answer.header("allow")).contains("GET", "POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//api/v1/exports", "/api/v1/exports;x=1", "/api/%2e%2e/v1", "/api/v1/exports/%2F"})
    void aSuspiciousPathIsABadRequest(String path) {
        var answer = api.get(path).isProblem(400, "bad-request");

        assertThat(answer.body().path("instance").stringValue("")).isNotEqualTo("/error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/exports/{\"$ne\":1} HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
            })
    void whatIsNoHttpIsRefusedWithoutAPage(String request) throws IOException {
        var answer = raw(request);

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("<html", "Tomcat", "Exception");
        assertThat(answer).contains("application/problem+json", "\"code\":\"bad-request\"");
    }

    @Test
    void aBodyThatBreaksOffIsABadRequest() throws IOException {
        var answer = raw("POST " + EXPORTS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ApiServer.TOKEN
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }

    @Test
    void aDefectIsLoggedOnceAndNotShown(CapturedOutput output) {
        var answer = api.get(Defective.PATH).isProblem(500, "internal-server-error");

        assertThat(answer.text()).doesNotContain("secret", "IllegalState");
        assertThat(output.getOut()).containsOnlyOnce("a secret of our insides").contains("at io.baler.api.Defective");
    }

    @Test
    void anAnswerThatFailsBeforeItsFirstByteHasGoneOutPromisesNothingOfWhatItWasToBe() {
        var answer = api.get(Defective.HALF).isProblem(500, "internal-server-error");

        assertThat(answer.header("etag")).isEmpty();
        assertThat(answer.header("content-disposition")).isEmpty();
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    }

    private String raw(String request) throws IOException {
        return raw(api, request);
    }

    static String raw(ApiServer api, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
