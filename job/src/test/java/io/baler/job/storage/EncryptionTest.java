package io.baler.job.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire to S3 where a key is set, and with whose credentials; no embedded server encrypts. */
class EncryptionTest {
    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
    private static final String UPLOAD =
            "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>";

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private HttpServer server;

    private record Call(
            @Nullable String encryption, @Nullable String key, String authorization) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void uploadsAndObjectsAreEncryptedWithTheKeyThatIsSet() {
        try (var bucket = bucket(KEY, "key", "secret")) {
            bucket.beginUpload("a.zip", "application/zip");
            bucket.put("a.json", new byte[1], "application/json");
        }

        assertThat(calls).hasSize(2).allSatisfy(call -> {
            assertThat(call.encryption()).isEqualTo("aws:kms");
            assertThat(call.key()).isEqualTo(KEY);
        });
    }

    @Test
    void withoutAKeyTheBucketDecidesAndWithoutCredentialsTheSdksChainDoes() {
        System.setProperty("aws.accessKeyId", "of-the-chain");
        System.setProperty("aws.secretAccessKey", "secret");
        try (var bucket = bucket(null, null, null)) {
            bucket.beginUpload("a.zip", "application/zip");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }

        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.encryption()).isNull();
            assertThat(call.authorization()).contains("Credential=of-the-chain/");
        });
    }

    private ExportBucket bucket(@Nullable String kmsKey, @Nullable String accessKey, @Nullable String secretKey) {
        var endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new StorageConfiguration()
                .exportBucket(new S3Settings(endpoint, null, null, "exports", true, "", accessKey, secretKey, kmsKey));
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        calls.add(new Call(
                headers.getFirst("x-amz-server-side-encryption"),
                headers.getFirst("x-amz-server-side-encryption-aws-kms-key-id"),
                headers.getFirst("Authorization")));
        var body = exchange.getRequestMethod().equals("POST") ? UPLOAD : "";
        exchange.getResponseHeaders().add("ETag", "e");
        exchange.sendResponseHeaders(200, body.isEmpty() ? -1 : body.length());
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }
}
