package io.baler.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3ServerTest {

    @TempDir
    Path directory;

    S3Server server;
    S3Client s3;

    @BeforeEach
    void start() {
        server = S3Server.start(directory, 0);
        server.createBucket("bucket");
        s3 = Clients.s3(server);
    }

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    void restart() {
        stop();
        server = S3Server.start(directory, server.port());
        s3 = Clients.s3(server);
    }

    @Test
    void keepsObjectsAndCredentialsOverARestart() {
        String secret = server.secretKey();
        put("a/b.txt", "content");

        restart();

        assertThat(server.secretKey()).isEqualTo(secret).hasSizeGreaterThanOrEqualTo(32);
        assertThat(text("a/b.txt")).isEqualTo("content");
    }

    @Test
    void anUploadGoesOnAfterARestart() {
        var upload = StartedUpload.of(s3, "bucket", "big");
        var first = upload.upload(s3, 1);

        restart();
        var second = upload.upload(s3, 2);
        restart();
        upload.complete(s3, first, second);

        assertThat(upload.download(s3)).isEqualTo(upload.content());
        assertThat(s3.listMultipartUploads(r -> r.bucket("bucket")).uploads()).isEmpty();
    }

    @Test
    void aWrongSecretIsRefused() {
        put("a", "content");

        try (var stranger = Clients.s3(server.endpoint(), server.accessKey(), server.secretKey() + "x")) {
            assertRefused(
                    () -> stranger.getObjectAsBytes(r -> r.bucket("bucket").key("a")));
            assertRefused(() -> stranger.putObject(r -> r.bucket("bucket").key("b"), RequestBody.fromString("x")));
            assertRefused(() -> stranger.listObjectsV2(r -> r.bucket("bucket")));
            assertRefused(() -> stranger.deleteObject(r -> r.bucket("bucket").key("a")));
        }
        try (var stranger = Clients.s3(server.endpoint(), "somebody", server.secretKey())) {
            assertRefused(
                    () -> stranger.getObjectAsBytes(r -> r.bucket("bucket").key("a")));
        }
        assertThat(keys()).containsExactly("a");
    }

    @Test
    void anUnsignedRequestIsRefused() throws Exception {
        put("a", "content");

        assertThat(status("GET", "/bucket/a")).isEqualTo(403);
        assertThat(status("HEAD", "/bucket/a")).isEqualTo(403);
        assertThat(status("GET", "/bucket")).isEqualTo(403);
        assertThat(status("PUT", "/bucket/b")).isEqualTo(403);
        assertThat(status("PUT", "/another")).isEqualTo(403);
        assertThat(status("DELETE", "/bucket/a")).isEqualTo(403);
        assertThat(keys()).containsExactly("a");
    }

    @Test
    void aPresignedAddressIsEnoughToDownload() throws Exception {
        put("logs of ümit.zip", "content");

        var address = presigned("logs of ümit.zip");

        assertThat(get(address).statusCode()).isEqualTo(200);
        assertThat(get(address).body()).isEqualTo("content");
        assertThat(get(address).headers().firstValue("Content-Disposition")).hasValue("attachment");
    }

    @Test
    void aPresignedAddressOpensNothingElse() throws Exception {
        put("a", "content");
        put("b", "content");

        var address = presigned("a").toString();

        assertThat(get(URI.create(address.replace("/a?", "/b?"))).statusCode()).isEqualTo(403);
        assertThat(get(URI.create(address.replace("Expires=60", "Expires=6000")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void credentialsAreTheOwnersAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("credentials"))))
                .isEqualTo("rw-------");
    }

    @Test
    void damagedCredentialsAreNamed() throws Exception {
        Files.writeString(directory.resolve("credentials"), "half");

        assertThatThrownBy(() -> S3Server.start(directory, 0))
                .isInstanceOf(LocalStackFailed.class)
                .hasMessageContaining("S3")
                .hasMessageContaining(directory.resolve("credentials").toString());
    }

    @Test
    void whatAKilledServerHadHalfWrittenIsGone() throws Exception {
        put("whole-0b5f9e8c-8a52-4c5e-9a3b-2f6d0a7c1e44", "content");
        Path half = directory.resolve("objects/bucket/half-6b1f6b6e-58f9-4d33-8c53-3dd1e0f4d5aa");
        Files.writeString(half, "cont");

        restart();

        assertThat(keys()).containsExactly("whole-0b5f9e8c-8a52-4c5e-9a3b-2f6d0a7c1e44");
        assertThat(half).doesNotExist();
    }

    @Test
    void aBucketThatIsThereStays() {
        put("a", "content");

        server.createBucket("bucket");

        assertThat(keys()).containsExactly("a");
    }

    private void put(String key, String content) {
        s3.putObject(r -> r.bucket("bucket").key(key), RequestBody.fromString(content));
    }

    private String text(String key) {
        return s3.getObjectAsBytes(r -> r.bucket("bucket").key(key)).asUtf8String();
    }

    private java.util.List<String> keys() {
        return s3.listObjectsV2(r -> r.bucket("bucket")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private URI presigned(String key) throws Exception {
        try (var presigner = Clients.presigner(server)) {
            return presigner
                    .presignGetObject(r -> r.signatureDuration(Duration.ofSeconds(60))
                            .getObjectRequest(
                                    g -> g.bucket("bucket").key(key).responseContentDisposition("attachment")))
                    .url()
                    .toURI();
        }
    }

    private int status(String method, String path) throws Exception {
        var body =
                method.equals("PUT") ? HttpRequest.BodyPublishers.ofString("x") : HttpRequest.BodyPublishers.noBody();
        var request = HttpRequest.newBuilder(server.endpoint().resolve(path))
                .method(method, body)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        refused -> assertThat(refused.statusCode()).isEqualTo(403));
    }
}
