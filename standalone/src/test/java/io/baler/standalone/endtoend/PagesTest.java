package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser finds in the embedded mode. */
class PagesTest {

    @TempDir
    private Path directory;

    @Test
    void theApiCanBeTriedOnAPageAndAsksForItsTokenAllTheSame() throws Exception {
        try (var server = RunningServer.start(directory)) {
            assertThat(server.run("list").exitCode()).isZero();
            var page = get(server, "/swagger-ui/index.html");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("swagger-ui");
            assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                    .startsWith("default-src 'self';");
            assertThat(get(server, "/v3/api-docs").body()).contains("/api/v1/exports");
            assertThat(get(server, "/v3/api-docs/swagger-config").statusCode()).isEqualTo(200);

            assertThat(get(server, "/api/v1/exports").statusCode()).isEqualTo(401);
            assertThat(get(server, "/actuator/health").statusCode()).isIn(401, 404);
        }
    }

    private static HttpResponse<String> get(RunningServer server, String path)
            throws IOException, InterruptedException {
        var url = server.connection().path("url").stringValue() + path;
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
}
