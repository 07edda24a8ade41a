package io.baler.job.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.baler.local.S3Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Small objects in one call, and parts of large ones without the rest. */
class ExportBucketTest {
    private static final byte[] BYTES = bytes(300_000);

    @TempDir
    private static Path directory;

    private static S3Server server;
    private static ExportBucket bucket;

    private final String key = "key-" + new ObjectId();

    @BeforeAll
    static void start() {
        server = S3Server.start(directory, 0);
        server.createBucket("exports");
        var settings = new S3Settings(
                server.endpoint(), null, null, "exports", true, "", server.accessKey(), server.secretKey(), null);
        bucket = new StorageConfiguration().exportBucket(settings);
    }

    @AfterAll
    static void stop() {
        bucket.close();
        server.close();
    }

    @Test
    void whatIsPutIsThereAsItWas() throws IOException {
        bucket.put(key, BYTES, "application/json");

        assertThat(read(key, 0, BYTES.length)).isEqualTo(BYTES);
        assertThat(bucket.find(key).orElseThrow().size()).isEqualTo(BYTES.length);
    }

    @Test
    void puttingAgainReplaces() throws IOException {
        bucket.put(key, BYTES, "application/json");
        bucket.put(key, new byte[] {1, 2, 3}, "application/json");

        assertThat(read(key, 0, 3)).containsExactly(1, 2, 3);
        assertThat(bucket.find(key).orElseThrow().size()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 300000", "1, 1", "1000, 123456", "299999, 1"})
    void aRangeIsReadWithoutTheRest(int offset, int count) throws IOException {
        bucket.put(key, BYTES, "application/json");

        assertThat(read(key, offset, count)).isEqualTo(Arrays.copyOfRange(BYTES, offset, offset + count));
    }

    @Test
    void aReaderThatHasHadEnoughMayClose() throws IOException {
        bucket.put(key, BYTES, "application/json");

        for (int i = 0; i < 100; i++) {
            try (var some = bucket.read(key, 0, BYTES.length).orElseThrow()) {
                assertThat(some.read()).isEqualTo(BYTES[0] & 0xff);
            }
        }

        assertThat(read(key, 0, BYTES.length)).isEqualTo(BYTES);
    }

    @Test
    void aReaderMayTakeLongerThanACallMay() throws IOException {
        var large = bytes(32 << 20);
        bucket.put(key, large, "application/zip");
        var call = Duration.ofMillis(300);

        try (var impatient = impatient(call);
                var stream = impatient.read(key, 0, large.length).orElseThrow()) {
            assertThat(stream.readNBytes(1 << 20)).hasSize(1 << 20);
            await().pollDelay(call.multipliedBy(3)).until(() -> true);

            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(large, 1 << 20, large.length));
        }
    }

    private static ExportBucket impatient(Duration call) {
        var credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(server.accessKey(), server.secretKey()));
        var client = S3AsyncClient.builder()
                .credentialsProvider(credentials)
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(call))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
        return new ExportBucket(
                client, S3Presigner.builder().region(Region.US_EAST_1).build(), "exports");
    }

    @Test
    void anObjectThatIsNotThereHasNoBytes() {
        assertThat(bucket.read(key, 0, 1)).isEmpty();
    }

    @Test
    void bytesBehindTheEndAreAnErrorAndNotNone() {
        bucket.put(key, new byte[10], "application/json");

        assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> bucket.read(key, 10, 1));
    }

    @Test
    void aLinkDeliversTheObjectByTheNameAndTypeThatItWasMadeFor() throws Exception {
        bucket.put(key, BYTES, "application/octet-stream");

        var link = bucket.presign(key, "a file.ndjson.zst", "application/zstd", Duration.ofMinutes(1));

        HttpResponse<byte[]> download =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
        assertThat(download.statusCode()).isEqualTo(200);
        assertThat(download.body()).isEqualTo(BYTES);
        assertThat(download.headers().firstValue("content-type")).contains("application/zstd");
        assertThat(download.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"a file.ndjson.zst\"");
    }

    @Test
    void anObjectHasTheMediaTypeThatItsUploadWasBegunWith() throws Exception {
        var content = "x".getBytes(StandardCharsets.UTF_8);
        var upload = bucket.beginUpload(key, "application/gzip");
        var part = bucket.uploadPart(key, upload, 1, ByteBuffer.wrap(content), "jNwWgw==", 1);
        bucket.completeUpload(key, upload, List.of(part));
        bucket.put(key + ".small", content, "application/json");

        assertThat(typeOf(key)).isEqualTo("application/gzip");
        assertThat(typeOf(key + ".small")).isEqualTo("application/json");
    }

    /** As S3 tells it to who asks for no other. */
    private static String typeOf(String key) throws Exception {
        var credentials = AwsBasicCredentials.create(server.accessKey(), server.secretKey());
        try (var presigner = S3Presigner.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            var link = presigner
                    .presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(1))
                            .getObjectRequest(get -> get.bucket("exports").key(key)))
                    .url()
                    .toURI();
            var answer =
                    HttpClient.newHttpClient().send(HttpRequest.newBuilder(link).build(), BodyHandlers.discarding());
            return answer.headers().firstValue("content-type").orElseThrow();
        }
    }

    private byte[] read(String key, long offset, long count) throws IOException {
        try (var stream = bucket.read(key, offset, count).orElseThrow()) {
            return stream.readAllBytes();
        }
    }

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
