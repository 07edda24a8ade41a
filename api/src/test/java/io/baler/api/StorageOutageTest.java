package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith({OnApiServer.class, OutputCaptureExtension.class})
class StorageOutageTest {
    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));

    private final ApiServer api;
    private final FakeWorker worker;

    StorageOutageTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @AfterEach
    void theStorageIsBack() {
        api.s3().mend();
    }

    @Test
    void withoutTheStorageAManifestIsToBeAskedForLater(CapturedOutput output) {
        var job = worker.completeWithManifest(api.requested(), new byte[10], TOMORROW);
        api.s3().cut();

        var answer = api.get(EXPORTS + "/" + job.id() + "/manifest").isProblem(503, "storage-unavailable");

        assertThat(answer.header("retry-after")).isEqualTo("10");
        assertThat(answer.header("etag")).isEmpty();
        assertThat(output).contains("The storage cannot be reached").doesNotContain("X-Amz-", "Signature=");
        api.get(EXPORTS + "/" + job.id() + "/manifest.sig").is(200);
        theStorageIsBack();
        await().until(() -> api.get(EXPORTS + "/" + job.id() + "/manifest").status() == 200);
    }

    @Test
    @Timeout(30)
    void aManifestWhoseStorageBreaksOffIsNotTakenForAWholeOne(CapturedOutput output) throws IOException {
        // far more than the connections on the way hold
        var job = worker.completeWithManifest(api.requested(), new byte[64 << 20], TOMORROW);

        var answer = api.send(api.call(EXPORTS + "/" + job.id() + "/manifest").GET(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (var body = answer.body()) {
            body.readNBytes(1 << 20);
            api.s3().cut();

            // and not left waiting for the rest either
            assertThatExceptionOfType(IOException.class).isThrownBy(body::readAllBytes);
        }
        await().untilAsserted(() -> assertThat(output).containsOnlyOnce("Servlet.service()"));
        assertThat(output).doesNotContain("X-Amz-", "Signature=", "SecurityException");
    }
}
