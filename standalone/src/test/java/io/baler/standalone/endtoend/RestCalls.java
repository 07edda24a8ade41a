package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API as a script calls it. */
final class RestCalls {
    static final String EXPORTS = "/api/v1/exports";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Two processors may have to do for many processes and other tests. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String url;
    private final String token;

    RestCalls(String url, String token) {
        this.url = url;
        this.token = token;
    }

    HttpResponse<String> get(String path) {
        return send(call(path), BodyHandlers.ofString());
    }

    /** Asks for an export. */
    HttpResponse<String> request(String body, String... headers) {
        var call = call(EXPORTS).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            call.headers(headers);
        }
        return send(call, BodyHandlers.ofString());
    }

    /** Asks for an export, which must be accepted, and returns the path to follow it. */
    String accepted(String body) {
        var answer = request(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /** The export as it is when it is completed; a database that is away meanwhile only delays it. */
    JsonNode awaitCompleted(String export) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(export).body()).contains("\"status\":\"completed\""));
        return find(export);
    }

    private JsonNode find(String export) {
        return JsonMapper.shared().readTree(get(export).body());
    }

    void awaitProgress(String export) {
        await().atMost(PATIENCE)
                .until(() -> find(export).at("/progress/exported").asLong() > 0);
    }

    /** Where the storage has the archive. */
    URI link(String export) {
        var answer = send(call(export + "/archive"), BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(302);
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    /** The archive as a person gets it, by way of the storage. */
    Path download(String export, Path directory) {
        var file = directory.resolve(export.replaceAll(".*/", "") + ".zip");
        var answer = send(HttpRequest.newBuilder(link(export)), BodyHandlers.ofFile(file));
        assertThat(answer.statusCode()).isEqualTo(200);
        return file;
    }

    private HttpRequest.Builder call(String path) {
        return HttpRequest.newBuilder(URI.create(url).resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder call, BodyHandler<T> body) {
        try {
            return HTTP.send(call.timeout(Duration.ofMinutes(1)).build(), body);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
