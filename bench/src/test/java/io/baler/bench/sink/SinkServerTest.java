package io.baler.bench.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SinkServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = SinkServer.open();
        var thread = new Thread(() -> {
            try {
                SinkServer.serve(server, SinkServer.AS_FAST_AS_THEY_COME);
            } catch (IOException closed) {
                // that is its end
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void anUploadBecomesAnObjectAsLargeAsItsParts() throws Exception {
        var begun = send("POST", "/bucket/a/key?uploads", new byte[0]).body();
        var id = begun.replaceAll(".*<UploadId>(.*)</UploadId>.*", "$1");

        var one = send("PUT", "/bucket/a/key?partNumber=1&uploadId=" + id, new byte[700_000]);
        var two = send("PUT", "/bucket/a/key?partNumber=2&uploadId=" + id, new byte[1]);
        var completed = send("POST", "/bucket/a/key?uploadId=" + id, "<CompleteMultipartUpload/>".getBytes(UTF_8));

        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.headers().firstValue("etag"))
                .isNotEqualTo(two.headers().firstValue("etag"))
                .isPresent();
        assertThat(completed.statusCode()).isEqualTo(200);
        var head = send("HEAD", "/bucket/a/key", new byte[0]);
        assertThat(head.headers().firstValueAsLong("content-length")).hasValue(700_001);
    }

    @Test
    void aPartThatIsNotWhatItsChecksumSaysIsRefused() throws Exception {
        byte[] bytes = {1, 2, 3};
        var crc = new CRC32();
        crc.update(bytes);
        var right = Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());

        assertThat(send("PUT", "/bucket/key", bytes, "x-amz-checksum-crc32", right)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("PUT", "/bucket/key", new byte[3], "x-amz-checksum-crc32", right)
                        .body())
                .contains("BadDigest");
    }

    @Test
    void whatIsNotThereIsNotThere() throws Exception {
        assertThat(send("HEAD", "/bucket/key", new byte[0]).statusCode()).isEqualTo(404);
        assertThat(send("HEAD", "/bucket", new byte[0]).statusCode()).isEqualTo(200);
        assertThat(send("PUT", "/bucket/key?partNumber=1&uploadId=none", new byte[1])
                        .body())
                .contains("NoSuchUpload");
        assertThat(send("DELETE", "/bucket/key", new byte[0]).statusCode()).isEqualTo(204);
    }

    private HttpResponse<String> send(String method, String path, byte[] body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
