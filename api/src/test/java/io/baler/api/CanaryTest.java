package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import io.baler.api.Messages.Message;
import io.baler.job.start.ServiceDefaults;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * What must stay secret is in no log line, no refusal, no metric, no message and no document. Covered are the api's own
 * secrets and the bytes of an archive that goes through it; the worker's are in the run of all services, SecretsTest.
 */
@ExtendWith({OnApiServer.class, OutputCaptureExtension.class})
class CanaryTest {
    private static final String TOKEN = "canary-token-0123456789abcdef0123456789";
    private static final String MISTYPED = "canary-mistyped-0123456789abcdef01234567";
    private static final String RECORD = "canary-record";

    private final ApiServer api;
    private final FakeWorker worker;

    CanaryTest(ApiServer api) {
        this.api = api;
        this.worker = new FakeWorker(api);
    }

    @AfterEach
    void serversAreBack() {
        api.s3().mend();
        api.mendMongodb();
    }

    @Test
    void noSecretIsToldWhateverHappens(CapturedOutput output) {
        api.awaitSilence();
        var told = new StringBuilder();
        var archive = ("[{\"text\":\"" + RECORD + "\"}]").getBytes(StandardCharsets.UTF_8);
        var done = EXPORTS + "/"
                + worker.complete(api.requested(), archive, Instant.now().plusSeconds(60))
                        .id() + "/archive";

        try (var streaming = Replica.of(api, "--baler.api.downloads=stream", "--baler.api.token=" + TOKEN)) {
            var bearer = "Bearer " + TOKEN;
            var got = api.send(streaming.call(done).setHeader("Authorization", bearer));
            assertThat(got.is(200).text()).contains(RECORD);
            var link = api.get(done).is(302);
            assertThat(link.header("location")).contains("X-Amz-Signature");
            for (var path : List.of(EXPORTS, EXPORTS + "?limit=none", done + "x", "/nothing", "/v3/api-docs")) {
                told.append(said(streaming.call(path).setHeader("Authorization", bearer)));
                told.append(said(streaming.call(path).setHeader("Authorization", "Bearer " + MISTYPED)));
            }
            told.append(said(streaming
                    .call(EXPORTS)
                    .setHeader("Authorization", bearer)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{" + RECORD))));
            api.s3().cut();
            told.append(said(streaming.call(done).setHeader("Authorization", bearer)));
            api.mongodb().cut();
            told.append(said(streaming.call(done).setHeader("Authorization", bearer)));
            serversAreBack();
            told.append(said(api.call(Defective.PATH)));
            told.append(said(management("/actuator/prometheus")));
            told.append(said(management("/actuator/health")));
        }

        assertThat(told).contains("database-unavailable", "storage-unavailable", "malformed-json", "jvm_memory_used");
        var fence = api.requested();
        told.append(api.messages().until(Message.about("baler.export.requested", fence)));
        told.append(stored());
        for (var secret : List.of(TOKEN, MISTYPED, ApiServer.TOKEN, RECORD, secretKey(), "X-Amz-", "Signature=")) {
            assertThat(told.toString()).doesNotContain(secret);
            assertThat(output.getAll()).doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://ann:canary-password@127.0.0.1:1/baler?serverSelectionTimeoutMS=300",
                "mongodb://ann:canary-password@with-at@127.0.0.1:1/baler",
                "mongodb://ann:canary-password@127.0.0.1:none/baler",
                "mongo://ann:canary-password@127.0.0.1/baler",
                "mongodb://ann:canary/password@127.0.0.1/baler",
                "mongodb://ann:canary-password@127.0.0.1/baler?authMechanism=canary-none",
                "ann:canary-password@127.0.0.1",
            })
    void aPasswordIsNotToldWhereTheDatabaseCannotBeReached(String uri, CapturedOutput output) {
        var start = new SpringApplicationBuilder(ApiApplication.class).properties(ServiceDefaults.properties());

        assertThatThrownBy(() -> start.run(
                        "--server.port=0",
                        "--management.server.port=-1",
                        "--baler.s3.bucket=none",
                        "--baler.s3.endpoint=http://127.0.0.1:1",
                        "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                        "--baler.api.token=" + TOKEN,
                        "--spring.mongodb.uri=" + uri)
                .close());

        assertThat(output.getAll()).containsOnlyOnce("Cannot start: ").doesNotContain("canary", "\tat ");
    }

    private String said(HttpRequest.Builder call) {
        var answer = api.send(call);
        return answer.response().headers().map() + answer.text() + "\n";
    }

    private HttpRequest.Builder management(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.managementPort() + path));
    }

    private String secretKey() {
        return String.valueOf(api.settings().get("baler.s3.secret-key"));
    }

    /** Everything that the services have written into MongoDB. */
    private String stored() {
        var database = api.bean(MongoClient.class).getDatabase("baler");
        return database.listCollectionNames().into(new ArrayList<>()).stream()
                .flatMap(name -> database.getCollection(name).find().into(new ArrayList<>()).stream())
                .map(Document::toJson)
                .collect(Collectors.joining("\n"));
    }
}
